#!/usr/bin/env bash
# From a copy of the committed tree, as a stranger would: deploy/up, the printed figures, the printed commands, a
# second deploy/up that changes nothing, another instance with one report missing, and deploy/down.
# The last line says "N passed, N failed".
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# What somebody sourced before is of another instance.
unset KINERJA_HOME KINERJA_API_URL KINERJA_ISSUER KINERJA_DEMO_PASSWORD KINERJA_DEMO_WITHOUT KINERJA_PG_PORT \
  API_CLIENT_SECRET DASHBOARD_CLIENT_SECRET
temp=$(mktemp -d)
tree=$temp/tree
output=$temp/output
passed=0 failed=0

clean_up() {
  for home in "$temp"/first "$temp"/second; do
    if [ -d "$home" ]; then KINERJA_HOME=$home bash "$tree/deploy/down" --purge >/dev/null 2>&1; fi
  done
  rm -rf "$temp"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# ---- assertions ----

ok() { passed=$((passed + 1)); echo "ok      $1"; }
not_ok() { failed=$((failed + 1)); echo "not ok  $1"; }
finish() {
  echo "$passed passed, $failed failed"
  if [ "$failed" -eq 0 ]; then exit 0; else exit 1; fi
}

# check NAME COMMAND...
check() {
  local name=$1
  shift
  if "$@"; then ok "$name"; else not_ok "$name"; fi
}

# prints NAME PATTERN: a line of the last deploy/up matches.
prints() { check "$1" grep -Eq -- "$2" "$output"; }

# same NAME FILE FILE: shows the difference when there is one.
same() { check "$1" diff "$2" "$3"; }

# answers NAME COMMAND EXPRESSION: the command, pasted into a shell in the project, prints JSON that the expression holds for.
answers() {
  local said
  said=$(cd "$tree" && bash -c "$2") || said=
  check "$1" node -e 'process.exit(new Function("a", `return ${process.argv[1]}`)(JSON.parse(process.argv[2] || "null")) ? 0 : 1)' \
    "$3" "$said"
}

# ---- what an instance is asked ----

# up HOME [NAME=value]: deploy/up, its output kept; nothing more can be tested when it fails.
up() {
  local started=$SECONDS
  if ! env KINERJA_HOME="$1" "${@:2}" bash "$tree/deploy/up" >"$output" 2>&1; then
    tail -n 40 "$output"
    not_ok "deploy/up ends well"
    finish
  fi
  ok "deploy/up ends well (after $((SECONDS - started)) s)"
  mapfile -t commands < <(grep '^curl ' "$output")
}

# The tables and everything after them.
tables() { sed -n '/^Capaian 2024/,$p' "$output"; }

# snapshot HOME: every document of the demo with its ETag, and the length of the journal.
snapshot() {
  (cd "$tree" && KINERJA_HOME=$1 node --input-type=module) <<'JS'
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from './deploy/demo/api.mjs';
import { settings } from './deploy/identity/token.mjs';

const reader = connect(settings()).as('00.admin-periode');
const show = async (path) => console.log(path, (await reader.get(path)).etag);
for (const { code } of await reader.list('/v1/indicators?year=2024')) await show(`/v1/indicators/${code}?year=2024`);
const children = await reader.list('/v1/satker/53/children');
for (const satker of ['00', '53', ...children.map((child) => child.satker)]) {
  for (const row of await reader.list(`/v1/satker/${satker}/posts`)) console.log(satker, JSON.stringify(row));
  for (const kind of ['agreements', 'realizations']) {
    for (const { id } of await reader.list(`/v1/satker/${satker}/${kind}`)) await show(`/v1/satker/${satker}/${kind}/${id}`);
  }
}

const home = process.env.KINERJA_HOME;
const password = /^DB_OWNER_PASSWORD=(.*)$/m.exec(readFileSync(`${home}/secrets`, 'utf8'))[1];
const port = Number(readFileSync(`${home}/pg/port`, 'utf8'));
const pg = createRequire(`${process.cwd()}/deploy/identity/package.json`)('pg');
const database = new pg.Client({ host: '127.0.0.1', port, user: 'kinerja_owner', password, database: 'kinerja' });
await database.connect();
const { rows: [{ entries }] } = await database.query('select count(*) as entries from journal');
console.log('journal', entries);
await database.end();
JS
}

# ports HOME: of the API, the identity server and PostgreSQL.
ports() { cat "$1/api/port" "$1/identity/port" "$1/pg/port"; }

all_open() { for port in "$@"; do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1; done; }
all_closed() { for port in "$@"; do if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return 1; fi; done; }
down() { KINERJA_HOME=$1 bash "$tree/deploy/down" "${@:2}" >>"$temp/down.log" 2>&1; }
gone() { [ ! -e "$1" ]; }

# ---- the tree ----

mkdir "$tree"
# The tree may belong to another user than the one who tests.
if ! git -c safe.directory='*' -C "$root" archive HEAD | tar -x -C "$tree"; then
  not_ok "the committed tree can be copied"
  finish
fi

# ---- first light ----

echo "# A first instance"
first=$temp/first
up "$first"
line=0
for capaian in 104,17 70,45 200,00 93,69 100,00 100,00 100,00 100,00; do
  line=$((line + 1))
  prints "Alor, line $line: $capaian is computed and equals the published figure" "^ +$line .* $capaian  =  $capaian .* accepted$"
done
prints "Alor: the mean is over 8 of 8 lines" '^  Mean  108,54, computed over 8 of 8 lines, 1 of them carried over$'
for name in 3.22 3.23 3.24 3.25 3.26 3.27; do prints "Alor: table $name is there" "^  Table $name$"; done
prints "Alor: 46 of the 47 lines of the subbagian give the published figure" '^  46 of 47 computed figures equal the published ones$'
prints "Alor: the 47 lines are all there" '^  tpph +11 '
prints "Alor: a ratio is computed from its recorded percent" '^  kul .* 75 % +70,45 % +93,93  =      93,93$'
prints "Alor: what was copied from a table is marked" '^  rendatin 3  taken over '
prints "Alor: an override shows both figures" '^  rendatin 1  published as 100,00 instead of the computed 200,00'
prints "Alor: 53 figures by formula, 1 by the grade scale, 1 override" \
  '^Of 55 published figures 53 come by formula, 1 by the grade scale, 1 by an override$'
for name in 3.3 3.5 3.8 3.10 3.13 3.15 3.17 3.21; do prints "Alor: table $name compares the years" "^ +$name  "; done
prints "Alor: earlier years are marked as taken over" '^ +3\.5 .* 60,49 % t +56,36 % t +68,86 % t +68,86 % t +100 % +70,45 % +100 %$'
prints "NTT: a roll-up of its annual plan" '^  SS\.02  Indeks Reformasi Birokrasi .* 80 +74,95 +1/1/1$'
prints "OKI: an own indicator is mapped, another is not" '^  L-OKI\.1 .* 95 %  SP\.01$'
prints "OKI: what is not mapped is told" '^  L-OKI\.4 .* not mapped$'
prints "Papua: an office counts in its province of before for 2021" '^  UU 14/2022  2022-07-25  2021-12-31  9301 9302 9303 9304 +91$'
prints "Papua: and in the new one for 2024" '^  UU 14/2022  2022-07-25  2024-12-31  9301 9302 9303 9304 +93$'
prints "Papua: the offices were moved" '^  The provinces of 2022: 52 moves of offices$'
prints "NTT: 23 of 23 = 100 %, capaian 166,67" '^  100,00 % \(23 of 23\) +60 % +166,67 +Sangat Berhasil +23 +23 +23$'
prints "NTT: nobody is missing" '^  Missing  none$'
prints "NTT: its own report freezes its roll-up" '^  53 rendatin .* AK\.01 of 53  100,00 % \(23 of 23\) +23/23  the same$'
prints "Alor: its report cites the province's roll-up" '^  5305 rendatin .* AK\.01 of 53  100,00 % \(23 of 23\) +23/23  the same$'
check "no line of the tables is wider than 100 columns" \
  test "$(tables | sed '/^Kinerja is up/,$d' | LC_ALL=C.UTF-8 wc -L)" -le 100
prints "the address of the documentation is printed" '^  Documentation  http://127\.0\.0\.1:[0-9]+/docs/$'
documentation=$(sed -n 's/^  Documentation  //p' "$output")
check "the documentation answers" curl -sSfL -o /dev/null "$documentation"
check "three commands are printed" test "${#commands[@]}" = 3
answers "the first command lists the 22 offices" "${commands[0]:-false}" \
  'a.items.length === 22 && a.items.some((row) => row.satker === "5305" && row.name === "KPU Kabupaten Alor")'
answers "the second command shows their capaian" "${commands[1]:-false}" \
  'a.level === "sekretaris" && a.children.length === 22 && a.coverage.counted === 22 && a.children.find((c) => c.satker === "5305").figure === 108.54'
answers "the third command shows the roll-up, child by child" "${commands[2]:-false}" \
  'a.items[0].value.value === 100 && a.items[0].value.numerator === 23 && a.items[0].target.value === 60 && a.items[0].capaian.reported === 166.67 && a.items[0].children.length === 23 && a.items[0].children.every((c) => c.signOff === "accepted" && c.documents.length === 2)'

echo "# deploy/up once more"
tables >"$temp/tables.before"
check "every document can be read" eval 'snapshot "$first" >"$temp/snapshot.before"'
check "the snapshot holds the demo" test "$(grep -c '"$' "$temp/snapshot.before")" -ge 67
up "$first"
tables >"$temp/tables.after"
check "every document can be read again" eval 'snapshot "$first" >"$temp/snapshot.after"'
same "the second deploy/up prints the same" "$temp/tables.before" "$temp/tables.after"
same "the second deploy/up changes no document and adds nothing to the journal" "$temp/snapshot.before" "$temp/snapshot.after"

echo "# deploy/down"
mapfile -t used < <(ports "$first")
check "its three ports are open" all_open "${used[@]}"
check "deploy/down ends well" down "$first"
check "deploy/down closes the ports" all_closed "${used[@]}"
check "deploy/down keeps the state" test -e "$first/secrets"
check "deploy/down, again, ends well" down "$first"
check "deploy/down --purge ends well" down "$first" --purge
check "deploy/down --purge removes the state" gone "$first"
check "deploy/down --purge, again, ends well" down "$first" --purge

echo "# A second instance, without the report of 5309"
second=$temp/second
up "$second" KINERJA_DEMO_WITHOUT=5309
prints "without 5309: 22 of 23 = 95,65 %, capaian 159,42, expected 23, reported 22" \
  '^  95,65 % \(22 of 23\) +60 % +159,42 +Sangat Berhasil +23 +22 +22$'
prints "without 5309: KPU Kabupaten Ngada is missing by name" '^  Missing  5309 KPU Kabupaten Ngada \(missing\)$'
answers "without 5309: the roll-up says the same" "${commands[2]:-false}" \
  'a.items[0].value.value === 95.65 && a.items[0].capaian.reported === 159.42 && a.items[0].coverage.expected === 23 && a.items[0].coverage.reported === 22 && a.items[0].coverage.missing.length === 1 && a.items[0].coverage.missing[0].satker === "5309" && a.items[0].coverage.missing[0].name === "KPU Kabupaten Ngada"'
up "$second"
prints "deploy/up adds the missing report" '^  5309  KPU Kabupaten Ngada: .*report accepted$'
prints "with 5309 again: 23 of 23" '^  100,00 % \(23 of 23\)'
prints "with 5309 again: what was frozen without it has drifted" '^  53 rendatin .* 95,65 % \(22 of 23\) +22/23  drifted: \(23 of 23\)$'
mapfile -t used < <(ports "$second")
check "deploy/down --purge of a running instance ends well" down "$second" --purge
check "deploy/down --purge closes its ports" all_closed "${used[@]}"
check "deploy/down --purge removes its state" gone "$second"

if [ "$failed" -gt 0 ] && [ -s "$temp/down.log" ]; then sed 's/^/# down: /' "$temp/down.log"; fi
finish
