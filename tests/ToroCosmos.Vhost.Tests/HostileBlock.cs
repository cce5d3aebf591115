using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;

namespace ToroCosmos.Vhost.Tests;

/// <summary>A block device over an array, honest but for what its name says.</summary>
/// <param name="name">One of the names below.</param>
/// <param name="contents">The disk.</param>
internal sealed class HostileBlock(string name, byte[] contents)
{
    private const int HeaderBytes = 16;
    private const int SectorBytes = 512;
    private const uint Read = 0;
    private const uint Write = 1;

    /// <summary>The configuration space: the capacity, and nothing else that counts (VirtIO 1.2, Block Device).</summary>
    public byte[] Configuration
    {
        get
        {
            byte[] configuration = new byte[60];
            BinaryPrimitives.WriteInt64LittleEndian(configuration, contents.Length / SectorBytes);
            return configuration;
        }
    }

    /// <summary>What happens when the driver has notified.</summary>
    public void Serve(FakeQueue queue, Action interrupt)
    {
        while (!queue.IsHostile && queue.Take() is { } request)
        {
            byte status = Do(request);
            IReadOnlyList<DmaMemory> writable = request.Writable;
            writable[^1].Span[0] = name == "a status that there is not" ? (byte)0x7F : status;
            uint written = (uint)request.WritableBytes;
            switch (name)
            {
                case "an id out of range":
                    queue.UseRaw(0xFFFF, written);
                    break;
                case "a length too large":
                    queue.UseRaw((uint)request.Id, written + 1, request.Descriptors);
                    break;
                case "no bytes":
                    queue.Use(request, 0);
                    break;
                default:
                    queue.Use(request, written);
                    break;
            }

            queue.RequestNotification();
        }

        interrupt();
    }

    private byte Do(FakeRequest request)
    {
        byte[] bytes = request.Read();
        uint operation = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        int at = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)) * SectorBytes;
        if (operation == Read)
        {
            request.Write(contents.AsSpan(at, (int)request.WritableBytes - 1));
        }
        else if (operation == Write)
        {
            bytes.AsSpan(HeaderBytes).CopyTo(contents.AsSpan(at));
        }

        return name == "an error" ? (byte)1 : (byte)0;
    }
}
