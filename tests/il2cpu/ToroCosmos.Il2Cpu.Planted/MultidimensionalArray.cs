namespace ToroCosmos.Il2Cpu.Planted;

public static class MultidimensionalArray
{
    [Violates("MultidimensionalArray")]
    public static int[,] Made() => new int[2, 3];

    [Violates("MultidimensionalArray")]
    public static int Read(int[,] a) => a[0, 1];

    [Violates("MultidimensionalArray")]
    public static void Written(int[,] a) => a[0, 1] = 2;

    public static int OfArrays(int[][] a) => a[0][1];
}
