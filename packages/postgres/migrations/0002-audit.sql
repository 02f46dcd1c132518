-- The audit of the AI gateway: chains of entries, of which none can be changed, left out or put in unnoticed.

-- One row an entry. `line` is what the chain's hash covers, to the letter; the other columns are copies of it, for
-- searching. An `entry` that is null is the record of a call.
create table ai_audit (
  partition text not null,
  seq bigint not null,
  previous_hash text not null,
  hash text not null,
  entry text,
  time timestamptz not null,
  request_id text,
  tenant_id text,
  line text not null,
  primary key (partition, seq),
  unique (partition, previous_hash) -- no two entries follow the same one: a chain can't fork
);
create index on ai_audit (request_id);
create index on ai_audit (tenant_id, time);

-- How far each chain has come, with a MAC under the chain's key: entries that are missing at the end are noticed.
create table ai_audit_heads (
  partition text primary key,
  seq bigint not null,
  hash text not null,
  unchecked bigint not null,
  unchecked_since_ms bigint not null,
  closed boolean not null,
  mac text not null
) with (fillfactor = 50);

-- Appends entries behind the one whose hash is `previous_hash`. When another writer was faster, nothing is written and
-- the head as it is now comes back; null means written.
create function ai_audit_append(request jsonb) returns jsonb
language plpgsql set search_path from current as $$
declare
  head constant jsonb := request->'head';
  name constant text := request->>'partition';
  previous constant text := request->>'previous_hash';
begin
  perform set_config('lock_timeout', request->>'wait_ms', true);
  if previous = '' then
    insert into ai_audit_heads (partition, seq, hash, unchecked, unchecked_since_ms, closed, mac)
    values (
      name, (head->>'seq')::bigint, head->>'hash', (head->>'unchecked')::bigint,
      (head->>'unchecked_since_ms')::bigint, (head->>'closed')::boolean, head->>'mac'
    ) on conflict do nothing;
  else
    update ai_audit_heads
    set seq = (head->>'seq')::bigint, hash = head->>'hash', unchecked = (head->>'unchecked')::bigint,
      unchecked_since_ms = (head->>'unchecked_since_ms')::bigint, closed = (head->>'closed')::boolean,
      mac = head->>'mac'
    where partition = name and hash = previous;
  end if;
  if not found then
    return coalesce((select to_jsonb(known) from ai_audit_heads as known where partition = name), '{}');
  end if;
  insert into ai_audit (partition, seq, previous_hash, hash, entry, time, request_id, tenant_id, line)
  select name, (value->>'seq')::bigint, value->>'previous_hash', value->>'hash', value->>'entry',
    (value->>'time')::timestamptz, value->>'request_id', value->>'tenant_id', value->>'line'
  from jsonb_array_elements(request->'entries');
  return null;
end
$$;
