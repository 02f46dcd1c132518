-- Money that calls of the AI gateway have spent and set aside. Amounts are integer micro-dollars.
-- Run with `search_path` set to the schema that the tables shall be in.

-- Who has caps: the whole gateway, a tenant, a user, a task. Whatever changes their money updates this row first,
-- rows in the order of their names: that is the lock, and why no two calls wait for each other.
create table ai_budget_accounts (
  account text primary key,
  touched_at timestamptz not null
) with (fillfactor = 50);

-- What was spent, by account and window: '2026-03-29', '2026-03', or the step of a rolling window.
create table ai_budget_balances (
  account text not null,
  window_id text not null,
  used_micro_usd bigint not null check (used_micro_usd >= 0),
  kept_until timestamptz not null,
  primary key (account, window_id)
) with (fillfactor = 50);
create index on ai_budget_balances (kept_until);

-- What is set aside for calls that run: one row for each window that a call counts in. A row whose lease has ended
-- counts no more.
create table ai_budget_reservations (
  id uuid not null,
  account text not null,
  window_id text not null,
  micro_usd bigint not null check (micro_usd >= 0),
  lease_ends_at timestamptz not null,
  primary key (id, account, window_id)
);
create index on ai_budget_reservations (account, window_id, lease_ends_at) include (micro_usd);
create index on ai_budget_reservations (lease_ends_at);

-- Reservations that were settled, for as long as a settle may be tried again: each is charged once.
create table ai_budget_settlements (
  id uuid primary key,
  settled_at timestamptz not null,
  alerts jsonb not null -- what the first settle was told, for one that never heard it
);
create index on ai_budget_settlements (settled_at);

-- Milliseconds since the epoch, as programs have it, and back.
create function ai_epoch_ms(moment timestamptz) returns bigint
language sql immutable as $$ select floor(extract(epoch from moment) * 1000)::bigint $$;

create function ai_moment(epoch_ms bigint) returns timestamptz
language sql immutable as $$ select to_timestamp(epoch_ms / 1000.0) $$;

-- How caps stand. `caps` are objects { account, counted: [window ids] }; `oldest` is the place in `counted`, from 0, of
-- the first window that holds anything.
create function ai_budget_figures(caps jsonb, moment timestamptz)
returns table (place int, used bigint, reserved bigint, oldest int)
language sql set search_path from current set jit to off as $$ -- compiling takes longer than the few rows do
  with counted as (
    select cap.place::int as place, cap.value->>'account' as account, step.value as window_id, step.place::int as step
    from jsonb_array_elements(caps) with ordinality as cap (value, place),
      jsonb_array_elements_text(cap.value->'counted') with ordinality as step (value, place)
  ), figures as materialized (
    select counted.place, counted.step,
      coalesce((
        select used_micro_usd from ai_budget_balances as balance
        where balance.account = counted.account and balance.window_id = counted.window_id
      ), 0) as used,
      coalesce((
        select sum(micro_usd) from ai_budget_reservations as reservation
        where reservation.account = counted.account and reservation.window_id = counted.window_id
          and reservation.lease_ends_at > moment
      ), 0) as reserved
    from counted
  )
  select place, sum(used)::bigint, sum(reserved)::bigint,
    (min(step) filter (where used + reserved > 0) - 1)::int
  from figures group by place order by place
$$;

-- Waits for the accounts of `caps`, at most `wait_ms`.
create function ai_budget_lock(caps jsonb, wait_ms int) returns void
language plpgsql set search_path from current as $$
begin
  perform set_config('lock_timeout', wait_ms::text, true);
  insert into ai_budget_accounts as known (account, touched_at)
  select account, clock_timestamp()
  from (select distinct cap->>'account' as account from jsonb_array_elements(caps) as cap) as mine
  order by account
  on conflict (account) do update set touched_at = excluded.touched_at;
end
$$;

-- Sets money aside under every cap at once, or under none. Called again for a reservation it sets more aside, and what
-- was set aside before moves to the windows given now. `request` is an object:
-- { id, micro_usd, held_micro_usd (what the reservation has already), lease_ms, wait_ms, now (null: the server's time),
--   caps: [{ account, window_id, counted, until, limit_micro_usd }] }
-- `until` is when a rolling window has rolled on. The outcome is 'late' when it has while the accounts were waited for:
-- others may have spent in a later step already, which this one would not count.
create function ai_budget_hold(request jsonb) returns jsonb
language plpgsql set search_path from current set jit to off as $$
declare
  reservation_id constant uuid := request->>'id';
  caps constant jsonb := request->'caps';
  moment timestamptz;
  held bigint;
  total bigint;
  fits boolean;
  figures jsonb;
begin
  perform ai_budget_lock(caps, (request->>'wait_ms')::int);
  moment := coalesce(ai_moment((request->>'now')::bigint), clock_timestamp());
  if exists (select from ai_budget_settlements where id = reservation_id) then
    return jsonb_build_object('outcome', 'settled', 'now', ai_epoch_ms(moment));
  end if;
  if exists (
    select from jsonb_array_elements(caps) as cap where (cap->>'until')::bigint <= ai_epoch_ms(moment)
  ) then
    return jsonb_build_object('outcome', 'late', 'now', ai_epoch_ms(moment));
  end if;
  -- Nothing is left of one whose lease has ended: then everything must be set aside again.
  select max(micro_usd) into held from ai_budget_reservations
  where id = reservation_id and lease_ends_at > moment;
  total := coalesce(held, (request->>'held_micro_usd')::bigint) + (request->>'micro_usd')::bigint;
  select
    bool_and(fit.ok),
    jsonb_agg(to_jsonb(standing) || jsonb_build_object('fits', fit.ok) order by standing.place)
  into fits, figures
  from ai_budget_figures(caps, moment) as standing,
    lateral (select caps->(standing.place - 1) as cap) as nth,
    lateral (
      select coalesce(sum(micro_usd), 0) as micro_usd from ai_budget_reservations as mine
      where mine.id = reservation_id and mine.lease_ends_at > moment
        and mine.account = cap->>'account' and cap->'counted' ? mine.window_id
    ) as own,
    lateral (select (cap->>'limit_micro_usd')::bigint as micro_usd) as most,
    lateral (
      select most.micro_usd > 0 and standing.used + standing.reserved - own.micro_usd + total <= most.micro_usd as ok
    ) as fit;
  if fits then
    delete from ai_budget_reservations where id = reservation_id;
    insert into ai_budget_reservations (id, account, window_id, micro_usd, lease_ends_at)
    select reservation_id, cap->>'account', cap->>'window_id', total,
      moment + (request->>'lease_ms')::bigint * interval '1 millisecond'
    from jsonb_array_elements(caps) as cap;
  end if;
  return jsonb_build_object(
    'outcome', case when fits then 'granted' else 'refused' end,
    'now', ai_epoch_ms(moment), 'figures', figures
  );
end
$$;

-- Charges what was used, once, and gives the rest back. `request` is an object:
-- { id, micro_usd, wait_ms, now, caps: [{ account, window_id, counted, kept_until, alert_micro_usd }] }
-- `alerts` in the answer are the places, from 0, of the caps whose alert threshold this charge has reached.
create function ai_budget_settle(request jsonb) returns jsonb
language plpgsql set search_path from current set jit to off as $$
declare
  reservation_id constant uuid := request->>'id';
  charged constant bigint := request->>'micro_usd';
  caps constant jsonb := request->'caps';
  moment timestamptz;
  figures jsonb;
  told jsonb := '[]'; -- the alerts
begin
  perform ai_budget_lock(caps, (request->>'wait_ms')::int);
  moment := coalesce(ai_moment((request->>'now')::bigint), clock_timestamp());
  insert into ai_budget_settlements (id, settled_at, alerts) values (reservation_id, moment, told)
  on conflict do nothing;
  if not found then
    select alerts into told from ai_budget_settlements where id = reservation_id;
  else
    delete from ai_budget_reservations where id = reservation_id;
    if charged > 0 then
      insert into ai_budget_balances as balance (account, window_id, used_micro_usd, kept_until)
      select cap->>'account', cap->>'window_id', charged, ai_moment((cap->>'kept_until')::bigint)
      from jsonb_array_elements(caps) as cap
      on conflict (account, window_id) do update
        set used_micro_usd = balance.used_micro_usd + excluded.used_micro_usd;
      select coalesce(jsonb_agg(standing.place - 1), '[]') into told
      from ai_budget_figures(caps, moment) as standing,
        lateral (select (caps->(standing.place - 1)->>'alert_micro_usd')::bigint as threshold) as alert
      where standing.used >= threshold and standing.used - charged < threshold;
      update ai_budget_settlements set alerts = told where id = reservation_id and told <> '[]';
    end if;
  end if;
  select jsonb_agg(to_jsonb(standing) order by standing.place) into figures
  from ai_budget_figures(caps, moment) as standing;
  return jsonb_build_object('now', ai_epoch_ms(moment), 'figures', figures, 'alerts', told);
end
$$;

-- Drops what is needed no more, at most `most` rows of each table, and never waits for anybody.
create function ai_budget_prune(now_ms bigint, most int) returns void
language plpgsql set search_path from current as $$
declare
  moment constant timestamptz := coalesce(ai_moment(now_ms), clock_timestamp());
begin
  delete from ai_budget_settlements where ctid = any (array(
    select ctid from ai_budget_settlements where settled_at < moment - interval '1 hour'
    limit most for update skip locked
  ));
  delete from ai_budget_reservations where ctid = any (array(
    select ctid from ai_budget_reservations where lease_ends_at < moment - interval '1 hour'
    limit most for update skip locked
  ));
  delete from ai_budget_balances where ctid = any (array(
    select ctid from ai_budget_balances where kept_until < moment limit most for update skip locked
  ));
  delete from ai_budget_accounts where ctid = any (array(
    select ctid from ai_budget_accounts as account
    where touched_at < clock_timestamp() - interval '1 day'
      and not exists (select from ai_budget_balances as balance where balance.account = account.account)
      and not exists (select from ai_budget_reservations as held where held.account = account.account)
    limit most for update skip locked
  ));
end
$$;
