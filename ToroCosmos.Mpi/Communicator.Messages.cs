using System;
using System.Buffers;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <content>Messages from one rank to another.</content>
public sealed unsafe partial class Communicator
{
    /// <summary>Sends elements; returns when they may be changed.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="dest">The receiver's rank.</param>
    /// <param name="tag">From 0 to <see cref="MpiConstants.TagUpperBound"/>.</param>
    public void Send<T>(ReadOnlySpan<T> values, int dest, int tag)
        where T : unmanaged
    {
        MpiDatatype type = TypeOf<T>(out int width);
        fixed (T* first = values)
        {
            Check(_mpi.Send((byte*)first, values.Length * width, type, dest, tag, Handle));
        }
    }

    /// <summary>Sends one element.</summary>
    public void Send<T>(T value, int dest, int tag)
        where T : unmanaged => Send(new ReadOnlySpan<T>(&value, 1), dest, tag);

    /// <summary>Receives elements.</summary>
    /// <param name="source">The sender's rank, or <see cref="AnySource"/>.</param>
    /// <param name="tag">The message's tag, or <see cref="AnyTag"/>.</param>
    /// <param name="values">Where they go; there may be fewer, which the status tells.</param>
    public Status Receive<T>(int source, int tag, Span<T> values)
        where T : unmanaged
    {
        MpiStatus status;
        MpiDatatype type = TypeOf<T>(out int width);
        fixed (T* first = values)
        {
            Check(_mpi.Recv((byte*)first, values.Length * width, type, source, tag, Handle, &status));
        }

        return new Status(status);
    }

    /// <summary>Receives one element.</summary>
    public T Receive<T>(int source, int tag)
        where T : unmanaged
    {
        T value;
        _ = Receive(source, tag, new Span<T>(&value, 1));
        return value;
    }

    /// <summary>Sends and receives at once.</summary>
    public Status SendReceive<T>(ReadOnlySpan<T> send, int dest, int sendTag, int source, int receiveTag, Span<T> receive)
        where T : unmanaged
    {
        MpiStatus status;
        MpiDatatype type = TypeOf<T>(out int width);
        fixed (T* sent = send)
        {
            fixed (T* got = receive)
            {
                Check(_mpi.Sendrecv(
                    (byte*)sent, send.Length * width, type, dest, sendTag,
                    (byte*)got, receive.Length * width, type, source, receiveTag, Handle, &status));
            }
        }

        return new Status(status);
    }

    /// <summary>Begins to send. The elements must stay as they are until the request was waited for.</summary>
    public Request ImmediateSend<T>(Memory<T> values, int dest, int tag)
        where T : unmanaged
    {
        MpiRequest request;
        MemoryHandle memory = values.Pin();
        MpiDatatype type = TypeOf<T>(out int width);
        MpiError error = _mpi.Isend((byte*)memory.Pointer, values.Length * width, type, dest, tag, Handle, &request);
        return Began(error, request, memory, nameof(ImmediateSend));
    }

    /// <summary>Begins to receive.</summary>
    public Request ImmediateReceive<T>(int source, int tag, Memory<T> values)
        where T : unmanaged
    {
        MpiRequest request;
        MemoryHandle memory = values.Pin();
        MpiDatatype type = TypeOf<T>(out int width);
        MpiError error = _mpi.Irecv((byte*)memory.Pointer, values.Length * width, type, source, tag, Handle, &request);
        return Began(error, request, memory, nameof(ImmediateReceive));
    }

    /// <summary>Waits until a message that fits has come, and leaves it there.</summary>
    public Status Probe(int source, int tag)
    {
        MpiStatus status;
        Check(_mpi.Probe(source, tag, Handle, &status));
        return new Status(status);
    }

    /// <summary>The message that fits, if one has come.</summary>
    public Status? ImmediateProbe(int source, int tag)
    {
        MpiStatus status;
        bool flag;
        Check(_mpi.Iprobe(source, tag, Handle, &flag, &status));
        return flag ? new Status(status) : null;
    }

    private Request Began(MpiError error, MpiRequest request, MemoryHandle memory, string call)
    {
        if (error != MpiError.Success)
        {
            memory.Dispose();
        }

        Check(error, call);
        return new Request(_mpi, request, memory);
    }
}
