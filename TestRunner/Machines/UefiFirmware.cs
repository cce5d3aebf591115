using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TestRunner.Machines;

/// <summary>Finds OVMF, the UEFI firmware for QEMU.</summary>
public static class UefiFirmware
{
    /// <summary>
    /// The places of the distributions, best first. Code and variables apart come first: that is how OVMF is meant to
    /// be run; one file for both keeps no variables.
    /// </summary>
    private static readonly UefiFiles[] s_places =
    [
        new("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"), // Debian, Ubuntu
        new("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"), // older Debian, Fedora
        new("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"), // Fedora
        new("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"), // Arch
        new("/usr/share/qemu/ovmf-x86_64-code.bin", "/usr/share/qemu/ovmf-x86_64-vars.bin"), // openSUSE
        new("/usr/share/ovmf/OVMF.fd", null), // Debian's file for both
    ];

    /// <summary>The firmware of this machine, or null when it is not installed.</summary>
    public static UefiFiles? Find() => Find(s_places, File.Exists);

    /// <summary>The first of the places whose files all exist, or null.</summary>
    public static UefiFiles? Find(IEnumerable<UefiFiles> places, Func<string, bool> exists)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(exists);
        return places.FirstOrDefault(place => exists(place.Code) && (place.Variables is null || exists(place.Variables)));
    }
}
