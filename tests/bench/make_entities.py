# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes N rows of a market register (no real firm) for the bench of loading: make_entities.py N."""
import sys

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, i, 31) for i in range(17)]
REGIONS = ["500101", "500103", "500106", "500112", "500153", "500229"]
INDUSTRIES = ["H6210", "F5211", "5212", "C1311", "O8219", "6220"]
TYPES = ["企业", "个体工商户", "农民专业合作社"]
TAGS = ["food", "food|drug", "special_equipment", "", "product_quality|pricing|food"]
STREETS = ["民生路", "解放碑步行街", "人民大道", "建新北路"]


def credit_code(number):
    body = "91500000" + f"{number:09d}"
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS))
    return body + ALPHABET[(31 - total % 31) % 31]


print("统一社会信用代码,企业名称,企业类型,登记状态,行政区划,行业代码,成立日期,终止日期,"
      "注册资本（万元）,从业人数,住所,监管领域,法定代表人,联系电话")
for i in range(int(sys.argv[1])):
    print(",".join((
        credit_code(i), f"重庆示例{i % 977}号贸易有限公司第{i}分店", TYPES[i % 3], "存续",
        REGIONS[i % 6], INDUSTRIES[i * 7 % 6],
        f"{1990 + i % 35}-{1 + i % 12:02d}-{1 + i % 28:02d}", "",
        f"{i % 5000}.{i % 100:02d}", str(i % 300),
        f"\"重庆市渝中区{STREETS[i % 4]}{i % 400}号, {i % 30}楼\"", TAGS[i % 5], "某某", f"1380{i:07d}")))
