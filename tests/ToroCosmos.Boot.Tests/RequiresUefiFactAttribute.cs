using System.IO;
using TestRunner.Machines;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>A test that needs the UEFI firmware and an ISO that boots by it; skipped, with the reason, without.</summary>
internal sealed class RequiresUefiFactAttribute : FactAttribute
{
    private static readonly string[] s_grubFolders =
        ["/usr/lib/grub/x86_64-efi", "/usr/share/grub2/x86_64-efi", "/usr/share/grub/x86_64-efi"];

    public RequiresUefiFactAttribute()
    {
        if (UefiFirmware.Find() is null)
        {
            Skip = "The UEFI firmware OVMF is not installed (Debian: ovmf).";
        }
        else if (!System.Array.Exists(s_grubFolders, Directory.Exists))
        {
            Skip = "GRUB's UEFI modules are not installed (Debian: grub-efi-amd64-bin), so the ISO boots by BIOS only.";
        }
    }
}
