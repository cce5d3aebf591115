# Turns what readelf tells of the lines (--wide --debug-dump=decodedline), and before it what nm lists of the functions,
# into rows for line_table.awk, to be sorted:
#
#   address, 16 digits; 0 or 1; number of the row, 8 digits; line; file without its folder
#
# A line of 0 says that from here on nothing is known. Every function begins with such a row, because the compiler makes
# some for which it tells no line; the rows with lines, and a 1, come after it.

# A row ends with a line and an address; a dash in place of the line ends a sequence of code.
match($0, /[ \t]+([0-9]+|-)[ \t]+0x[0-9a-f]+/) {
    file = substr($0, 1, RSTART - 1)
    sub(/.*[\/\\]/, "", file)
    split(substr($0, RSTART, RLENGTH), part)
    address = substr(part[2], 3)
    address = substr("0000000000000000", 1, 16 - length(address)) address
    if (part[1] == "-" || file == "")
        print address, 0, sprintf("%08d", NR), 0
    else
        print address, 1, sprintf("%08d", NR), part[1], file
}

NF == 3 && $2 ~ /^[tT]$/ && length($1) == 16 {
    print $1, 0, sprintf("%08d", NR), 0
}
