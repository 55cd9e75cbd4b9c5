#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The JSON Schemas of models/catalog/schema/ and the C readers agree: every shipped document and every
# valid_*.json case is accepted by its schema, every invalid_*.json case refused. A case named
# invalid_reader_only_*.json or invalid_beyond_schema_*.json is wrong in what no schema can say (a sum,
# an order, a date that does not exist): the schema accepts it. The C side of the same files is in the unit tests. Every schema
# and every shipped JSON document has a row here.
. "$(dirname "$0")/lint.sh"

# Schema, then the documents that it describes (patterns of find below the root).
table() {
    cat <<'END'
credit_model ./models/catalog/credit/*.json ./tests/real/*_model.json ./tests/unit/models/credit/models/*.json
alert_rules ./models/catalog/alert/*.json ./tests/unit/models/alert/rules/*.json ./tests/real/chicago/rules.json
draw_plan ./models/catalog/draw/*.json ./tests/unit/models/draw/plans/*.json ./tests/real/chicago/plan.json
calendar ./models/catalog/calendar/*.json
region ./models/catalog/region/chongqing.json
tiles ./models/catalog/region/*_tiles.json
feed ./models/catalog/feed/*.json ./tests/unit/models/feed/documents/*.json
mapping ./models/catalog/mapping/*.json ./tests/real/mapping/*.json ./tests/unit/etl/record/mappings/*.json
END
}

violations() {
    table | while read -r schema patterns; do
        set -f
        set --
        for pattern in $patterns; do
            set -- "$@" -o -path "$pattern"
        done
        set +f
        shift
        files "$@" | sed "s|^|$schema |"
    done >"$scratch/pairs"
    table | while read -r schema patterns; do
        grep -q "^$schema " "$scratch/pairs" || echo "models/catalog/schema/$schema.schema.json: describes no document"
    done
    files -path './models/catalog/*.json' | grep -v '\.schema\.json$' | while read -r path; do
        grep -qF " $path" "$scratch/pairs" || echo "$path: no schema describes it"
    done
    files -path './models/catalog/schema/*.schema.json' | while read -r path; do
        schema=${path##*/}
        table | grep -q "^${schema%.schema.json} " || echo "$path: has no row in the table"
    done
    NODE_PATH=/usr/share/nodejs node "$lint_folder/schemas.js" <"$scratch/pairs"
}

plants() {
    plant models/catalog/credit/planted.json '{}'
    plant models/catalog/credit/planted.json '{"scheme": '
    plant tests/unit/models/credit/models/valid_planted.json '{"bands": 1}'
    plant_edit tests/unit/models/alert/rules/invalid_planted.json \
        'mkdir -p "${path%/*}"; cp models/catalog/alert/rules_example.json "$path"'
    plant_edit tests/unit/models/alert/rules/invalid_reader_only_planted.json 'echo "{}" >"$path"'
    plant tests/unit/models/draw/plans/valid_planted.json '{}'
    plant models/catalog/planted/planted.json '{}'
    plant models/catalog/schema/planted.schema.json '{}'
}

lint "$@"
