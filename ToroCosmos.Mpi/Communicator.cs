using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>
/// Ranks that talk to each other, as one of them sees them. The names are those of MPI.NET. Elements are any unmanaged
/// type; reductions take numbers. An error of the standard is an <see cref="MpiException"/>.
/// </summary>
public sealed unsafe partial class Communicator : IDisposable
{
    /// <summary>Whichever rank has sent.</summary>
    public const int AnySource = MpiConstants.AnySource;

    /// <summary>Whichever tag the message has.</summary>
    public const int AnyTag = MpiConstants.AnyTag;

    /// <summary>The rank of nobody.</summary>
    public const int Null = MpiConstants.ProcNull;

    private readonly MpiProcess _mpi;

    internal Communicator(MpiProcess mpi, MpiComm handle)
    {
        _mpi = mpi;
        Handle = handle;
        int number;
        Check(mpi.CommRank(handle, &number));
        Rank = number;
        Check(mpi.CommSize(handle, &number));
        Size = number;
    }

    /// <summary>All ranks of the program. For code that <see cref="MpiProgram.Run"/> runs.</summary>
    public static Communicator World => MpiProgram.World;

    /// <summary>This rank, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    public int Size { get; }

    /// <summary>The communicator's handle, for calls of the engine.</summary>
    public MpiComm Handle { get; private set; }

    /// <summary>The engine, for what this face has not.</summary>
    public MpiProcess Process => _mpi;

    /// <summary>The same ranks, apart from the messages of this one.</summary>
    public Communicator Duplicate()
    {
        MpiComm made;
        Check(_mpi.CommDup(Handle, &made));
        return new Communicator(_mpi, made);
    }

    /// <summary>The ranks with the same colour, in the order of their keys; null without one (<see cref="MpiConstants.Undefined"/>).</summary>
    public Communicator? Split(int color, int key)
    {
        MpiComm made;
        Check(_mpi.CommSplit(Handle, color, key, &made));
        return made == MpiComm.Null ? null : new Communicator(_mpi, made);
    }

    /// <summary>Frees a communicator that was made; that of the program stays.</summary>
    public void Dispose()
    {
        if (Handle is not (MpiComm.Null or MpiComm.World or MpiComm.Self))
        {
            MpiComm handle = Handle;
            _ = _mpi.CommFree(&handle);
            Handle = MpiComm.Null;
        }
    }

    /// <summary>Ends the program on all ranks.</summary>
    public void Abort(int errorCode) => Check(_mpi.Abort(Handle, errorCode));

    /// <exception cref="MpiException">It is no success.</exception>
    internal static void Check(MpiError error, [CallerMemberName] string call = "")
    {
        if (error != MpiError.Success)
        {
            Throw(error, call);
        }
    }

    [DoesNotReturn]
    private static void Throw(MpiError error, string call) => throw new MpiException(error, call);

    /// <summary>The datatype of an element; for what is no number, bytes.</summary>
    private static MpiDatatype TypeOf<T>(out int width)
        where T : unmanaged
    {
        MpiDatatype type = NumberOf<T>();
        width = type == MpiDatatype.Byte ? sizeof(T) : 1;
        return type;
    }

    private static MpiDatatype NumberOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(int) ? MpiDatatype.Int32
        : typeof(T) == typeof(double) ? MpiDatatype.Double
        : typeof(T) == typeof(long) ? MpiDatatype.Int64
        : typeof(T) == typeof(float) ? MpiDatatype.Float
        : typeof(T) == typeof(uint) ? MpiDatatype.UInt32
        : typeof(T) == typeof(ulong) ? MpiDatatype.UInt64
        : typeof(T) == typeof(short) ? MpiDatatype.Int16
        : typeof(T) == typeof(ushort) ? MpiDatatype.UInt16
        : typeof(T) == typeof(sbyte) ? MpiDatatype.Int8
        : typeof(T) == typeof(byte) ? MpiDatatype.UInt8
        : typeof(T) == typeof(bool) ? MpiDatatype.CBool
        : MpiDatatype.Byte;
}
