using System;
using System.Text;
using ToroCosmos.Mpi.Spec;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's info programs check.</summary>
public sealed unsafe class InfoTests
{
    [Fact]
    public void Keys_have_values_and_keep_their_order() => TestWorld.Run(1, rank =>
    {
        MpiInfo info;
        rank.Ok(rank.Mpi.InfoCreate(&info));
        for (int i = 0; i < 10; i++)
        {
            rank.Ok(rank.Mpi.InfoSet(info, Text(rank, $"key{9 - i}"), Text(rank, $"value {i}")));
        }

        rank.Ok(rank.Mpi.InfoSet(info, Text(rank, "key9"), Text(rank, "another")));
        MpiInfo copy;
        rank.Ok(rank.Mpi.InfoDup(info, &copy));
        rank.Ok(rank.Mpi.InfoDelete(info, Text(rank, "key8")));
        rank.Expect(MpiError.InfoNoKey, rank.Mpi.InfoDelete(info, Text(rank, "key8")));
        int count;
        rank.Ok(rank.Mpi.InfoGetNkeys(info, &count));
        rank.Equal(9, count);
        rank.Ok(rank.Mpi.InfoGetNkeys(copy, &count));
        rank.Equal(10, count);
        byte* text = rank.New<byte>(200);
        rank.Ok(rank.Mpi.InfoGetNthkey(info, 1, text));
        rank.Equal("key7", Of(text));
        rank.Expect(MpiError.Arg, rank.Mpi.InfoGetNthkey(info, 9, text));
        int bytes = 200;
        bool flag;
        rank.Ok(rank.Mpi.InfoGetString(copy, Text(rank, "key9"), &bytes, text, &flag));
        rank.Equal((true, 8, "another"), (flag, bytes, Of(text)));
        bytes = 3;
        rank.Ok(rank.Mpi.InfoGetString(copy, Text(rank, "key9"), &bytes, text, &flag));
        rank.Equal((true, 8, "an"), (flag, bytes, Of(text)));
        rank.Ok(rank.Mpi.InfoGetString(info, Text(rank, "key8"), &bytes, text, &flag));
        rank.Equal(false, flag);
        rank.Expect(MpiError.InfoKey, rank.Mpi.InfoSet(info, Text(rank, new string('k', 64)), text));
        rank.Expect(MpiError.InfoKey, rank.Mpi.InfoSet(info, Text(rank, ""), text));
        rank.Expect(MpiError.InfoValue, rank.Mpi.InfoSet(info, Text(rank, "k"), Text(rank, new string('v', 192))));
        rank.Ok(rank.Mpi.InfoFree(&info));
        rank.Ok(rank.Mpi.InfoFree(&copy));
        rank.Expect(MpiError.Info, rank.Mpi.InfoFree(&copy));
    });

    private static byte* Text(Rank rank, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text + "\0");
        return rank.Bytes(bytes.Length, i => bytes[i]);
    }

    private static string Of(byte* text) => Encoding.ASCII.GetString(text, new Span<byte>(text, 200).IndexOf((byte)0));
}
