using System.Runtime;
using System.Runtime.CompilerServices;

namespace ToroCosmos.Seam;

public static unsafe partial class PhysicalMemory
{
    [RuntimeImport("*", "ToroMemoryAllocate")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial byte* Allocate(nuint bytes, nuint alignment);

    [RuntimeImport("*", "ToroMemoryMapFirmware")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial byte* MapFirmware(ulong physicalAddress, nuint bytes);

    [RuntimeImport("*", "ToroMemoryMapDevice")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial DeviceMapping MapDevice(ulong physicalAddress, nuint bytes, out byte* registers);

    [RuntimeImport("*", "ToroMemoryIsReadable")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool IsReadable(byte* memory, nuint bytes);
}
