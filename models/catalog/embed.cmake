# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a C file that holds the bytes of other files, as rows {name, data, size}.
# cmake -DOUT=file.c -DBASE=folder -DSYMBOL=name -DTYPE=struct -DHEADER=h -DFILES=a;b -P embed.cmake
set(rows "")
set(body "/* Generated; see embed.cmake. */\n#include \"${HEADER}\"\n\n#include <stddef.h>\n\n")
string(APPEND body "extern const ${TYPE} ${SYMBOL}[];\n\n")
set(index 0)
list(SORT FILES)
foreach(file IN LISTS FILES)
  file(READ "${BASE}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  # One NUL more than the size, so that the bytes can be handed to functions that want a C string.
  string(APPEND body "static const unsigned char bytes_${index}[] = {\n${bytes}0x00};\n\n")
  string(APPEND rows "    {\"${file}\", (const char *)bytes_${index}, sizeof bytes_${index} - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND body "const ${TYPE} ${SYMBOL}[] = {\n${rows}    {NULL, NULL, 0},\n};\n")
file(WRITE "${OUT}.new" "${body}")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
