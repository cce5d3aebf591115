using System.Text;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>A line of each rank. Lines of different ranks come in any order, so the first rank prints those of all.</summary>
internal static class Hello
{
    public static void Run(Communicator world)
    {
        string hello = $"Hello from rank {world.Rank} of {world.Size}";
        if (world.Rank > 0)
        {
            world.Send<byte>(Encoding.ASCII.GetBytes(hello), 0, 0);
            return;
        }

        MpiProgram.WriteLine(hello);
        byte[] line = new byte[80];
        for (int rank = 1; rank < world.Size; rank++)
        {
            int length = world.Receive<byte>(rank, 0, line).Length;
            MpiProgram.WriteLine(Encoding.ASCII.GetString(line, 0, length));
        }
    }
}
