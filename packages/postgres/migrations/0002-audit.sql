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

-- How far each chain has come: entries that are missing at the end are noticed. `head` is JSON with a MAC under the
-- chain's key; `hash` is that of the last entry.
create table ai_audit_heads (
  partition text primary key,
  hash text not null,
  head text not null
) with (fillfactor = 50);

-- Appends entries behind the one whose hash is `previous_hash`. When another writer was faster, nothing is written and
-- the head as it is now comes back; null means written. `request` is an object:
-- { partition, previous_hash, hash, head, wait_ms, entries: [{ the columns of ai_audit, without partition }] }
create function ai_audit_append(request jsonb) returns text
language plpgsql set search_path from current as $$
declare
  name constant text := request->>'partition';
  previous constant text := request->>'previous_hash';
begin
  perform set_config('lock_timeout', request->>'wait_ms', true);
  if previous = '' then
    insert into ai_audit_heads (partition, hash, head) values (name, request->>'hash', request->>'head')
    on conflict do nothing;
  else
    update ai_audit_heads set hash = request->>'hash', head = request->>'head'
    where partition = name and hash = previous;
  end if;
  if not found then
    return coalesce((select head from ai_audit_heads where partition = name), '');
  end if;
  insert into ai_audit (partition, seq, previous_hash, hash, entry, time, request_id, tenant_id, line)
  select name, (value->>'seq')::bigint, value->>'previous_hash', value->>'hash', value->>'entry',
    (value->>'time')::timestamptz, value->>'request_id', value->>'tenant_id', value->>'line'
  from jsonb_array_elements(request->'entries');
  return null;
end
$$;
