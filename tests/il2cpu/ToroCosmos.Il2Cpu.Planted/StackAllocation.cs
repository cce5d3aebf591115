namespace ToroCosmos.Il2Cpu.Planted;

public static unsafe class StackAllocation
{
    [Violates("StackAllocation")]
    public static byte Plain(int size)
    {
        byte* room = stackalloc byte[size];
        return room[0];
    }

    [Violates("StackAllocation", "BlockInstruction")]
    public static byte Filled()
    {
        byte* room = stackalloc byte[] { 7, 7, 7, 7, 7, 7, 7, 7 };
        return room[0];
    }

    [Violates("StackAllocation", "BlockInstruction")]
    public static byte Copied()
    {
        byte* room = stackalloc byte[] { 1, 2, 3, 4, 5, 6, 7, 8 };
        return room[0];
    }

    public static byte ALocalStructure()
    {
        ulong room = 1;
        return *(byte*)&room;
    }
}
