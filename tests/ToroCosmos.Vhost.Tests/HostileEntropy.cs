using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Virtio.Fakes;

namespace ToroCosmos.Vhost.Tests;

/// <summary>
/// Entropy devices, each of which breaks one rule. What they do when the driver has notified them; they answer every request
/// with the byte <see cref="Random"/>.
/// </summary>
internal static class HostileEntropy
{
    public const byte Random = 0x5A;

    private const int AskedBytes = 512;

    private static readonly Dictionary<string, Action<FakeQueue, Action>> s_personalities = new()
    {
        ["honest"] = Honest,
        ["an id out of range"] = (queue, interrupt) => Instead(queue, interrupt, request => queue.UseRaw(0xFFFF, 8)),
        ["an id that was never given"] = (queue, interrupt) => Instead(queue, interrupt, request => queue.UseRaw((uint)request.Id + 1, 8)),
        ["a chain used twice"] = Twice,
        ["a length too large"] = (queue, interrupt) => Instead(queue, interrupt, request => queue.UseRaw((uint)request.Id, AskedBytes + 1)),
        ["the largest length"] = (queue, interrupt) => Instead(queue, interrupt, request => queue.UseRaw((uint)request.Id, uint.MaxValue)),
        ["no bytes at all"] = (queue, interrupt) => Instead(queue, interrupt, request => queue.Use(request, 0)),
        ["an index that jumps"] = (queue, interrupt) => Instead(queue, interrupt, request => ((FakeSplitQueue)queue).UsedIndex = 0x4000),
        ["an index that goes back"] = (queue, interrupt) => Instead(queue, interrupt, request => ((FakeSplitQueue)queue).UsedIndex = 0xFFFF),
        ["descriptors rewritten"] = Rewritten,
        ["interrupts without work"] = Restless,
        ["silence"] = (_, _) => { },
        ["interrupts and silence"] = (_, interrupt) => Repeat(1000, interrupt),
    };

    /// <summary>What a device of this name does.</summary>
    public static Action<FakeQueue, Action> Named(string name) => s_personalities[name];

    private static void Honest(FakeQueue queue, Action interrupt)
    {
        queue.Serve(request => request.Write(Bytes(20)));
        queue.RequestNotification();
        queue.Serve(request => request.Write(Bytes(20)));
        interrupt();
    }

    private static void Instead(FakeQueue queue, Action interrupt, Action<FakeRequest> misbehave)
    {
        if (queue.Take() is { } request)
        {
            misbehave(request);
            interrupt();
        }
    }

    /// <summary>The driver's first chain is 0, its next ones have other numbers.</summary>
    private static void Twice(FakeQueue queue, Action interrupt)
    {
        if (queue.Take() is { } request)
        {
            if (request.Id == 0)
            {
                queue.Use(request, request.Write(Bytes(20)));
                queue.RequestNotification();
            }
            else
            {
                queue.UseRaw(0, 20);
            }

            interrupt();
        }
    }

    private static void Rewritten(FakeQueue queue, Action interrupt)
    {
        if (!queue.IsHostile && queue.Take() is { } request)
        {
            uint written = request.Write(Bytes(64));
            queue.OverwriteDriverArea(0xFF);
            queue.UseRaw((uint)request.Id, written, request.Descriptors);
            interrupt();
        }
    }

    private static void Restless(FakeQueue queue, Action interrupt)
    {
        Repeat(1000, interrupt);
        Honest(queue, interrupt);
    }

    private static void Repeat(int times, Action action)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Repeat(Random, count)];
}
