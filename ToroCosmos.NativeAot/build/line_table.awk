# Turns the sorted rows of line_rows.awk into the table that Panic/LineTable.cs reads, as source for nasm; encoding.awk
# comes before it:
#
#   the names of the files, each with its length before it; then 0
#   for each place where the line changes:
#     the distance of its address from the one before, in LEB128
#     in LEB128: 2 * z, where z stands for the difference of the line from the one before: 2 * d, or -2 * d - 1 below 0;
#     1 more when the file is another one, whose number follows in LEB128
#
# The first file has the number 1; 0 says that from here on nothing is known.

# Code that the linker left out keeps its lines, at addresses before the first function.
$2 == 0 {
    begun = 1
}

begun {
    # Of several rows at an address the last one counts.
    if ($1 != place)
        keep()
    place = $1
    newLine = $4
    newFile = $5
    for (i = 6; i <= NF; i++)
        newFile = newFile " " $i
}

END {
    keep()
    if (files == 0) {
        print "line_table.awk: no lines were found in the kernel" > "/dev/stderr"
        exit 1
    }

    for (i = 1; i <= files; i++)
        print "db " length(name[i]) ",\"" name[i] "\""
    print "db 0"
    for (i = 1; i <= count; i++)
        print "db " row[i]
}

function keep(    fileNumber, difference, code, address) {
    if (place == "")
        return

    fileNumber = newLine == 0 ? 0 : number_of(newFile)
    if (fileNumber == 0)
        newLine = line
    if (fileNumber == file && newLine == line)
        return

    address = from_hexadecimal(place)
    difference = newLine - line
    code = 2 * (difference < 0 ? -2 * difference - 1 : 2 * difference)
    row[++count] = leb128(address - last) "," (fileNumber == file ? leb128(code) : leb128(code + 1) "," leb128(fileNumber))
    last = address
    line = newLine
    file = fileNumber
}

function number_of(text) {
    text = printable(text)
    if (!(text in number)) {
        number[text] = ++files
        name[files] = text
    }

    return number[text]
}
