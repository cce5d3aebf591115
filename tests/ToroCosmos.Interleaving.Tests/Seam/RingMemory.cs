using System.Runtime.CompilerServices;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Seam;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The explorer's memory behind the queues: each access is told to the run of the core that makes it, with the name of
/// the method it stands in. Outside a run, which is at set-up, it is plain memory.
/// </summary>
public static unsafe class RingMemory
{
    public static ushort Load(ushort* field, [CallerMemberName] string place = "") =>
        CoreRun.Current is { } run ? (ushort)run.Load((byte*)field, sizeof(ushort), place) : *field;

    public static uint Load(uint* field, [CallerMemberName] string place = "") =>
        CoreRun.Current is { } run ? (uint)run.Load((byte*)field, sizeof(uint), place) : *field;

    public static void Store(ushort* field, ushort value, [CallerMemberName] string place = "")
    {
        if (CoreRun.Current is { } run)
        {
            run.Store((byte*)field, sizeof(ushort), value, place);
        }
        else
        {
            *field = value;
        }
    }

    public static void Store(uint* field, uint value, [CallerMemberName] string place = "")
    {
        if (CoreRun.Current is { } run)
        {
            run.Store((byte*)field, sizeof(uint), value, place);
        }
        else
        {
            *field = value;
        }
    }

    public static void Fence([CallerMemberName] string place = "", [CallerFilePath] string file = "") =>
        CoreRun.Current?.Fence(Cpu.TypeOf(file) + "." + place);
}
