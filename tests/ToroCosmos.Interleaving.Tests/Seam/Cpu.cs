namespace ToroCosmos.Hardware;

/// <summary>A pause changes nothing that the explorer could see.</summary>
public static class Cpu
{
    public static void Pause()
    {
    }
}
