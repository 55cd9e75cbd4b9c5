# SPDX-License-Identifier: GPL-3.0-or-later
# C source without its comments, as "path:line:code". With -v strings=drop string and character
# literals are emptied as well ("" and ''), except in #include lines.

function visible(line,    out, rest, at, found) {
    out = ""
    rest = line
    while (rest != "") {
        if (in_comment) {
            at = index(rest, "*/")
            if (!at)
                return out
            in_comment = 0
            rest = substr(rest, at + 2)
            continue
        }
        at = match(rest, /\/\*|\/\/|"|'/)
        if (!at)
            return out rest
        found = substr(rest, at, RLENGTH)
        out = out substr(rest, 1, at - 1)
        rest = substr(rest, at)
        if (found == "//")
            return out
        if (found == "/*") {
            in_comment = 1
            out = out " "
            rest = substr(rest, 3)
            continue
        }
        if (found == "\"" ? !match(rest, /^"([^"\\]|\\.)*"/) : !match(rest, /^'([^'\\]|\\.)*'/))
            return out rest
        out = out (strings == "drop" && !is_include ? found found : substr(rest, 1, RLENGTH))
        rest = substr(rest, RLENGTH + 1)
    }
    return out
}

FNR == 1 { in_comment = 0 }

{
    is_include = !in_comment && /^[ \t]*#[ \t]*include/
    print FILENAME ":" FNR ":" visible($0)
}
