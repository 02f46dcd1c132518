-- What operators change while the AI gateway runs.

-- Policy documents; the one with the highest version is in force. `document` is without its version.
create table ai_config (
  version bigint primary key check (version > 0),
  document json not null check (json_typeof(document) = 'object'),
  published_at timestamptz not null default now()
);

-- Feature flags that are switched one by one: `insert into ai_feature_flags values ('beta', '{"value": true}')`. They
-- go before the document's own `flags`. Every change puts a new version of the document in force, so that all follow it.
create table ai_feature_flags (
  name text primary key check (name <> ''),
  rule json not null,
  updated_at timestamptz not null default now()
);

create function ai_feature_flags_changed() returns trigger
language plpgsql set search_path from current as $$
begin
  if tg_op <> 'TRUNCATE' and not exists (select from changed) then
    return null;
  end if;
  loop -- until nobody else has just taken the same version
    insert into ai_config (version, document)
    select coalesce(max(version), 0) + 1,
      coalesce((select document from ai_config order by version desc limit 1), '{}')
    from ai_config
    on conflict do nothing;
    exit when found;
  end loop;
  return null;
end
$$;
create trigger ai_feature_flags_inserted after insert on ai_feature_flags
referencing new table as changed for each statement execute function ai_feature_flags_changed();
create trigger ai_feature_flags_updated after update on ai_feature_flags
referencing new table as changed for each statement execute function ai_feature_flags_changed();
create trigger ai_feature_flags_deleted after delete on ai_feature_flags
referencing old table as changed for each statement execute function ai_feature_flags_changed();
create trigger ai_feature_flags_truncated after truncate on ai_feature_flags
for each statement execute function ai_feature_flags_changed();

-- Tells every process that listens, with the name of the schema.
create function ai_config_changed() returns trigger
language plpgsql as $$
begin
  perform pg_notify('ai_config', tg_table_schema);
  return null;
end
$$;
create trigger ai_config_changed after insert on ai_config
for each statement execute function ai_config_changed();
