#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The migrations, applied in order to an empty database, keep the rules of schema_rules.sql; and each
# rule is broken once in a second database, where it must be reported.
set -eu
export PGOPTIONS="-c client_min_messages=warning"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/cluster.sh"

breaches() { # DATABASE <CATALOGUE
    psql -X -q -At -F ': ' -d "$1" -f "$here/schema_rules.sql"
}

own_schema() {
    createdb own
    for migration in "$root"/etl/sql/migrations/*.sql; do
        psql -X -q -v ON_ERROR_STOP=1 -1 -d own -f "$migration"
    done
    # schema_migration is the runner's own; it makes the table before the first migration.
    found=$(grep -v '^schema_migration,' "$root/etl/sql/tables.csv" | breaches own)
    if [ -n "$found" ]; then
        printf '%s\n' "$found"
        exit 1
    fi
    echo "$(psql -X -At -d own -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") tables keep the rules"
}

catalogue='table,class,key
region,reference,
entity,distributed,entity_id
fact,distributed,entity_id
job,local,'

sound='CREATE TABLE region (code text PRIMARY KEY);
CREATE TABLE entity (entity_id bigint PRIMARY KEY, region text REFERENCES region, name text);
CREATE TABLE fact (entity_id bigint REFERENCES entity, id bigint, amount_fen bigint,
                   PRIMARY KEY (entity_id, id), UNIQUE (id, entity_id));
CREATE TABLE job (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entity_id bigint);
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER local BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION nothing();'

failed=0

# plant EXPECTED SQL [CATALOGUE-LINE]
plant() {
    planted=$((${planted-0} + 1))
    psql -X -q -v ON_ERROR_STOP=1 -d planted -c "DROP SCHEMA public CASCADE; CREATE SCHEMA public; $sound $2"
    found=$(printf '%s\n' "$catalogue" ${3+"$3"} | breaches planted)
    printf '%s\n' "$found" | grep -qF "$1" || {
        printf 'planted: %s\nexpected: %s\nfound: %s\n' "$2" "$1" "${found:-nothing}"
        failed=1
    }
}

cluster_start
own_schema
createdb planted
# The schema in which the breaches are planted is itself sound.
plant '' ''
[ -z "$found" ] || { printf 'the sound schema has breaches: %s\n' "$found"; exit 1; }
planted=0
plant 'extra: is not in the catalogue' 'CREATE TABLE extra (id bigint PRIMARY KEY)'
plant 'ghost: is in the catalogue, but not' '' 'ghost,local,'
plant 'region: is in the catalogue 2 times' '' 'region,reference,'
plant 'extra: class shared is none of' 'CREATE TABLE extra (id bigint PRIMARY KEY)' 'extra,shared,'
plant 'extra: has a key in the catalogue if' 'CREATE TABLE extra (id bigint PRIMARY KEY)' 'extra,local,id'
plant 'fact: key entity_id is not a column' \
    'ALTER TABLE fact DROP CONSTRAINT fact_entity_id_fkey, ALTER entity_id TYPE numeric'
plant 'job: column entity_id is integer' 'ALTER TABLE job ALTER entity_id TYPE integer'
plant 'fact: has no primary key' 'ALTER TABLE fact DROP CONSTRAINT fact_pkey'
plant 'fact: primary key (id, entity_id) does not begin' \
    'ALTER TABLE fact DROP CONSTRAINT fact_pkey, ADD PRIMARY KEY (id, entity_id)'
plant 'entity: unique index entity_name_key (name)' 'ALTER TABLE entity ADD UNIQUE (name)'
plant 'entity: unique index stray (name)' 'CREATE UNIQUE INDEX stray ON entity (name)'
plant 'entity: unique index stray (name)' \
    'ALTER TABLE entity ADD CONSTRAINT stray EXCLUDE USING btree (name WITH =)'
plant 'job: foreign key stray: local -> distributed' \
    'ALTER TABLE job ADD CONSTRAINT stray FOREIGN KEY (entity_id) REFERENCES entity'
plant 'job: stands in the catalogue before late' \
    'CREATE TABLE late (id bigint PRIMARY KEY); ALTER TABLE job ADD FOREIGN KEY (entity_id) REFERENCES late' \
    'late,local,'
plant 'region: foreign key stray: reference -> local' \
    'ALTER TABLE region ADD job bigint, ADD CONSTRAINT stray FOREIGN KEY (job) REFERENCES job'
plant 'fact: foreign key stray: distributed -> distributed' \
    'ALTER TABLE fact ADD other bigint, ADD CONSTRAINT stray FOREIGN KEY (other) REFERENCES entity'
plant 'fact: distributed table has trigger stray' \
    'CREATE TRIGGER stray BEFORE INSERT ON fact FOR EACH ROW EXECUTE FUNCTION nothing()'
plant 'region: reference table has trigger stray' \
    'CREATE TRIGGER stray BEFORE INSERT ON region FOR EACH ROW EXECUTE FUNCTION nothing()'
plant 'fact: distributed table has rule stray' 'CREATE RULE stray AS ON DELETE TO fact DO INSTEAD NOTHING'
plant 'fact: distributed table has row-level' 'ALTER TABLE fact ENABLE ROW LEVEL SECURITY'
plant 'job: column number takes its default' 'ALTER TABLE job ADD number bigserial'
plant 'job: identity column id is integer' \
    'DROP TABLE job; CREATE TABLE job (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY)'
plant 'fact: column amount_fen is integer' 'ALTER TABLE fact ALTER amount_fen TYPE integer'
plant 'job: column ended_at is timestamp without' 'ALTER TABLE job ADD ended_at timestamp'
plant 'job: column occurred_on is text' 'ALTER TABLE job ADD occurred_on text'
plant 'fact: column weight is double precision' 'ALTER TABLE fact ADD weight float8'
echo "$planted planted violations"
exit "$failed"
