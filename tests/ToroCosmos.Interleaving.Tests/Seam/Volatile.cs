using System.Runtime.CompilerServices;
using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos;

/// <summary>
/// Takes the place of <see cref="System.Threading.Volatile"/> in the product's sources: a name of their own namespace comes
/// before an imported one. Words that cores share without a queue pass here as those of queues pass RingMemory.
/// </summary>
internal static unsafe class Volatile
{
    public static uint Read(ref uint field, [CallerMemberName] string place = "") =>
        CoreRun.Current is { } run ? (uint)run.Load(AddressOf(ref field), sizeof(uint), place) : field;

    public static nint Read(ref nint field, [CallerMemberName] string place = "") =>
        CoreRun.Current is { } run ? (nint)run.Load(AddressOf(ref field), sizeof(ulong), place) : field;

    public static void Write(ref byte field, byte value, [CallerMemberName] string place = "") =>
        Store(ref field, value, place);

    public static void Write(ref uint field, uint value, [CallerMemberName] string place = "") =>
        Store(ref field, value, place);

    public static void Write(ref nint field, nint value, [CallerMemberName] string place = "") =>
        Store(ref field, value, place);

    private static void Store<T>(ref T field, T value, string place)
        where T : unmanaged
    {
        if (CoreRun.Current is { } run)
        {
            ulong word = 0;
            *(T*)&word = value;
            run.Store(AddressOf(ref field), sizeof(T), word, place);
        }
        else
        {
            field = value;
        }
    }

    private static byte* AddressOf<T>(ref T field) => (byte*)Unsafe.AsPointer(ref field);
}
