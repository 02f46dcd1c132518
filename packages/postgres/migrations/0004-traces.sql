-- What was decided about calls: the request id of a reply leads to it. No content.
create table ai_traces (
  id bigint generated always as identity primary key,
  request_id text not null,
  tenant_id text,
  task text not null,
  outcome text not null,
  started_at timestamptz not null,
  decision json not null
);
create index on ai_traces (request_id);
create index on ai_traces (tenant_id, started_at);
create index on ai_traces (started_at);
