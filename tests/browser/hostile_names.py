# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile_names.py FILE: gives every third entity of a demo file a name that would be markup, a
script or a turned line if anything took it for it. The columns stay; only names change."""
import csv
import sys

NAME = "企业名称"
NAMES = [
    '<img src=x onerror=alert(1)>示例{}',
    '"><script>alert(2)</script>示例{}',
    "javascript:alert(3)//示例{}",
    "示例\u202e司公限有{}",
]

path = sys.argv[1]
with open(path, encoding="utf-8-sig", newline="") as file:
    head, *rows = list(csv.reader(file))
column = head.index(NAME)
for number, row in enumerate(rows):
    if number % 3 == 0 and len(row) == len(head):
        row[column] = NAMES[number // 3 % len(NAMES)].format(number)
with open(path, "w", encoding="utf-8-sig", newline="") as file:
    csv.writer(file).writerows([head, *rows])
