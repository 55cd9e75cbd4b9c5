# SPDX-License-Identifier: GPL-3.0-or-later
# Adds up the JUnit files that ctest wrote, one suite each: prints why tests were skipped and which
# failed, then "N passed, N failed, N skipped". A skip without a line "skipped: reason" is a
# failure, and so is a suite that was not built (-v not_built) or left no result.
# Exits 1 when anything failed or nothing ran.

function attribute(name,    from) {
    from = index($0, " " name "=\"")
    if (!from)
        return ""
    from += length(name) + 3
    return plain(substr($0, from, index(substr($0, from), "\"") - 1))
}

function plain(text) {
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&apos;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    return text
}

function note(text) {
    notes = notes text "\n"
}

function fail(name, why) {
    failed++
    failures = failures "failed: " name (why == "" ? "" : " (" why ")") "\n"
}

function suite_of(file) {
    gsub(/^.*\/|\.xml$/, "", file)
    return file
}

function close_test(    name) {
    ran[suite] = 1
    name = suite "/" test
    if (status == "run") {
        passed++
        if (reasons != "")
            note("in part " name ": " reasons)
    } else if (status == "notrun" && skip ~ /^SKIP_/ && reasons != "") {
        skipped++
        note("skipped " name ": " reasons)
    } else {
        fail(name, status == "notrun" ? (skip ~ /^SKIP_/ ? "skipped without a reason" : skip) : "")
    }
}

BEGIN {
    count = split(not_built, names, " ")
    for (i = 1; i <= count; i++)
        fail(names[i], "not built")
    for (i = 1; i < ARGC; i++) {
        suites[i] = suite_of(ARGV[i])
        if ((getline line <ARGV[i]) < 0)
            ARGV[i] = ""
        else
            close(ARGV[i])
    }
}

FNR == 1 { suite = suite_of(FILENAME) }

/^[ \t]*<testcase / {
    test = attribute("name")
    status = attribute("status")
    skip = reasons = ""
}

/^[ \t]*<skipped / { skip = attribute("message") }

/skipped: / {
    line = $0
    sub(/.*skipped: /, "", line)
    sub(/<\/system-out>.*/, "", line)
    line = plain(line)
    if (index(reasons, line) == 0)
        reasons = reasons (reasons == "" ? "" : "; ") line
}

/<\/testcase>/ { close_test() }

END {
    for (i in suites)
        if (!(suites[i] in ran))
            fail(suites[i], "no test ran")
    printf "%s%s", notes, failures
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit (failed > 0 || passed + failed == 0)
}
