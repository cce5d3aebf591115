namespace ToroCosmos.KernelSuites;

/// <summary>Messages that show it when they are mixed up, cut or changed.</summary>
internal static unsafe class Message
{
    private const int Longest = 64;
    private const int Header = 8;

    /// <summary>The length of a message, which varies: 8 to 64 bytes.</summary>
    public static int Length(int sender, int receiver, int round) =>
        Header + (((sender * 31) + (receiver * 17) + (round * 7)) % (Longest - Header + 1));

    public static void Write(byte* message, int length, int sender, int round)
    {
        ((int*)message)[0] = sender;
        ((int*)message)[1] = round;
        for (int i = Header; i < length; i++)
        {
            message[i] = Filling(sender, round, i);
        }
    }

    public static bool IsRight(byte* message, int length, int sender, int round)
    {
        bool right = ((int*)message)[0] == sender && ((int*)message)[1] == round;
        for (int i = Header; i < length; i++)
        {
            right &= message[i] == Filling(sender, round, i);
        }

        return right;
    }

    private static byte Filling(int sender, int round, int at) => (byte)((sender * 101) + (round * 13) + at);
}
