#!/usr/bin/env bash
# Makes the peers' Linux guest in a folder: vmlinuz is Debian's kernel for clouds (Ubuntu's for virtual machines), and
# initrd.img holds busybox, the ring, and both MPIs with the libraries that they use on this system.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?the folder to write to is missing}
mkdir -p "$out"
out=$(cd "$out" && pwd)
root=$out/root
libraries=/usr/lib/x86_64-linux-gnu

fetch_kernel() {
    local folder package=
    folder=$(mktemp -d)
    for name in linux-image-cloud-amd64 linux-image-virtual; do
        package=$(apt-cache depends --important "$name" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
        [ -n "$package" ] && break
    done
    if [ -z "$package" ]; then
        echo "apt knows no package linux-image-cloud-amd64 or linux-image-virtual; 'apt-get update' may help." >&2
        exit 1
    fi

    echo "Linux: $package, from apt; it is not installed on this system"
    (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$package" && dpkg-deb -x ./*.deb .)
    cp "$folder"/boot/vmlinuz-* "$out/vmlinuz"
    rm -rf "$folder"
}

# Copies files into the guest, to the same place.
add() {
    cp -L --parents --recursive "$@" "$root"
}

# Copies the libraries that programs and plug-ins in the guest are linked with. ldd fails at static ones.
add_libraries() {
    local files
    files=$(find "$root" -type f \( -perm -u+x -o -name '*.so*' \) -print0 | { xargs -0 ldd 2>/dev/null || true; } \
        | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^\t\(\/lib64[^ ]*\) .*/\1/p' | sort -u)
    for file in $files; do
        [ -e "$root$file" ] || add "$file"
    done
}

[ -e "$out/vmlinuz" ] || fetch_kernel

rm -rf "$root"
mkdir -p "$root"/{bin,peers,root,etc,tmp,usr/bin}
gcc -O2 -Wall -Wextra -Werror -static -pthread "$here/ring.c" -o "$root/peers/ring"
mpicc.openmpi -O2 -Wall "$here/mpi.c" -o "$root/peers/openmpi"
mpicc.mpich -O2 -Wall "$here/mpi.c" -o "$root/peers/mpich"

cp "$(command -v busybox)" "$root/bin/busybox"
cp "$here/init" "$root/init"
chmod +x "$root/init"
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
echo '127.0.0.1 localhost peers' >"$root/etc/hosts"
echo 'hosts: files' >"$root/etc/nsswitch.conf"

cp -L "$(command -v mpirun.openmpi)" "$root/usr/bin/mpirun.openmpi"
cp -L "$(command -v orted)" "$(command -v mpiexec.hydra)" "$(command -v hydra_pmi_proxy)" "$root/usr/bin/"
add $libraries/openmpi/lib /usr/share/openmpi /etc/openmpi
for folder in $libraries/pmix2/lib /usr/share/pmix; do
    [ ! -d "$folder" ] || add "$folder"
done
add_libraries

(cd "$root" && find . -print0 | cpio --null --create --format=newc --quiet) >"$out/initrd.img"
echo "peers: $(du -m "$out/initrd.img" | cut -f1) MB of initial RAM disk"
