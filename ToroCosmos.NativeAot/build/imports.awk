# Reads nm's list of symbols. Prints the functions that the kernel's own code would look for in a library when it first calls
# them: "function of library". The compiler's name of each is __pinvoke_ASSEMBLY__Module__LIBRARY__FUNCTION. What the class
# library asks for in this way is not found, should it ever be called.

$3 ~ /^__pinvoke_.+__Module__.+__/ && $3 !~ /^__pinvoke_(S_P_|System_|Microsoft_)/ {
    name = $3
    sub(/^.*__Module__/, "", name)
    at = index(name, "__")
    print substr(name, at + 2) " of " substr(name, 1, at - 1)
}
