using System.Threading;
using ToroCosmos.Seam;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// A core that writes into its links what it likes, without a rest, while others read them: what they have checked may be
/// different a moment later.
/// </summary>
internal static unsafe class HostileCore
{
    /// <summary>The core that is hostile.</summary>
    public const int Number = 2;

    /// <summary>The cores that it attacks.</summary>
    public const int Victims = 2;

    private const int Burst = 64;

    private static uint s_random;

    /// <summary>Attacks until it is over.</summary>
    public static void Run(HostileAttack attack, ref bool isOver)
    {
        s_random = 2463534242;
        while (!Volatile.Read(ref isOver))
        {
            for (int i = 0; i < Burst; i++)
            {
                int victim = (int)(Random() % Victims);
                switch (attack)
                {
                    case HostileAttack.Scribble:
                        Scribble(victim);
                        break;
                    case HostileAttack.JumpingIndices:
                        JumpIndices(victim);
                        break;
                    case HostileAttack.ForgedElements:
                        ForgeElements(victim);
                        break;
                }
            }

            // The victims may share this core's processor.
            Cpu.Pause();
            for (int victim = 0; victim < Victims; victim++)
            {
                FollowResets(victim);
            }
        }
    }

    /// <summary>
    /// Takes part in the resets of its links, so that the attack goes on: it says in its two words again what its ends know,
    /// and resets what the victim has broken.
    /// </summary>
    private static void FollowResets(int victim)
    {
        BusEndpoint end = BusRig.End(Number);
        _ = end.ResetTo(victim);
        _ = end.TryResetFrom(victim);
    }

    private static void Scribble(int victim)
    {
        // The private blocks are no part of what two cores share: there is no defence of them, and no need of one.
        Link* incoming = BusRig.Links.Find(victim, Number);
        Link* outgoing = BusRig.Links.Find(Number, victim);
        Link* link = (Random() & 1) == 0 ? incoming : outgoing;
        uint areas = (uint)(BusRig.Links.Buffers(link) - (byte*)link - Link.Bytes) + (uint)BusRig.Links.BuffersBytes;
        uint place = Random() % (areas + VirtqueueMemory.LineBytes);
        byte* target = place < areas
            ? (byte*)link + Link.Bytes + place
            : (link == incoming ? (byte*)&link->ReceiverState : (byte*)&link->SenderState) + (place % sizeof(uint));
        Volatile.Write(ref *target, (byte)Random());
    }

    private static void JumpIndices(int victim)
    {
        // It never sends, so each of these is further than the queue is long.
        Volatile.Write(
            ref *BusRig.Links.Queue(BusRig.Links.Find(Number, victim)).UsedIndex, (ushort)(Random() | 0x100));

        // Some are what an honest core could write: the victim goes on until the next jump.
        Volatile.Write(
            ref *BusRig.Links.Queue(BusRig.Links.Find(victim, Number)).AvailIndex,
            (ushort)((Random() & 1) == 0 ? Random() % ((uint)BusRig.Bus.QueueSize + 1) : Random()));
    }

    private static void ForgeElements(int victim)
    {
        VirtqueueMemory queue = BusRig.Links.Queue(BusRig.Links.Find(Number, victim));
        uint slot = Random() % (uint)queue.Size;
        UsedElement* element = queue.UsedElements + slot;
        uint choice = Random() % 8;
        Volatile.Write(ref element->Id, choice == 0 ? Random() : slot);
        Volatile.Write(ref element->Length, choice == 1 ? Random() : choice == 2 ? (uint)BusRig.Bus.BufferSize + 1 : 8);

        // The index itself stays right: there is a message when there is a buffer.
        ushort used = *queue.UsedIndex;
        if (used != Volatile.Read(ref *queue.AvailIndex))
        {
            Volatile.Write(ref *queue.UsedIndex, (ushort)(used + 1));
        }
    }

    private static uint Random()
    {
        s_random ^= s_random << 13;
        s_random ^= s_random >> 17;
        return s_random ^= s_random << 5;
    }
}
