using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Vhost.Tests.Vhost;

/// <summary>
/// A device of a machine in QEMU that is played here: QEMU hands over the machine's memory and the queues by the vhost-user
/// protocol on a socket, and what the device does with them is a function's.
/// </summary>
internal sealed unsafe class VhostDevice : IDisposable
{
    private const int HeaderBytes = 12;
    private const uint Version1 = 1;
    private const uint Reply = Version1 | 4;
    private const ulong ProtocolFeatures = 1UL << 30;
    private const ulong ConfigurationProtocol = 1UL << 9;
    private const ulong NoFile = 1UL << 8;
    private const VirtioFeatures Offered = VirtioFeatures.Version1 | VirtioFeatures.IndirectDescriptors
        | VirtioFeatures.EventIndex | VirtioFeatures.RingPacked;

    private readonly Socket _listener;
    private readonly Thread _thread;
    private readonly byte[] _configuration;
    private readonly Action<FakeQueue, Action> _serve;
    private readonly SortedDictionary<uint, VhostQueue> _queues = [];
    private readonly Dictionary<uint, FakeQueue> _running = [];
    private readonly List<uint> _kicked = [];
    private VhostMemory _memory = new();
    private VirtioFeatures _features;
    private volatile bool _isEnding;

    /// <summary>Waits for QEMU at a socket.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="configuration">The device's configuration space.</param>
    /// <param name="serve">
    /// What the device does when the driver notifies it: with the queue, and with what interrupts the driver.
    /// </param>
    public VhostDevice(string path, byte[] configuration, Action<FakeQueue, Action> serve)
    {
        _configuration = configuration;
        _serve = serve;
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _thread = new Thread(Run) { IsBackground = true, Name = "vhost-user device" };
        _thread.Start();
    }

    /// <summary>What went wrong in the device itself; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How often the driver has notified the device.</summary>
    public int Notifications { get; private set; }

    /// <summary>The features that the driver has accepted.</summary>
    public VirtioFeatures Features => _features;

    public void Dispose()
    {
        _isEnding = true;
        _listener.Dispose();
        _thread.Join();
        _memory.Dispose();
    }

    private void Run()
    {
        try
        {
            using Socket socket = _listener.Accept();
            int file = (int)socket.SafeHandle.DangerousGetHandle();
            while (!_isEnding && WaitForNews(file) is var news && (news < 0 || ServeSocket(file)))
            {
                ServeQueues();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException && _isEnding)
        {
            // Nobody came.
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    /// <summary>Waits for the socket or a notification.</summary>
    /// <returns>Less than 0 when the socket has nothing.</returns>
    private int WaitForNews(int socket)
    {
        Libc.PolledFile* files = stackalloc Libc.PolledFile[1 + _queues.Count];
        files[0] = new Libc.PolledFile { File = socket, Events = Libc.PollIn };
        int count = 1;
        foreach (VhostQueue queue in _queues.Values)
        {
            files[count++] = new Libc.PolledFile { File = queue.Kick, Events = Libc.PollIn };
        }

        _ = Libc.Poll(files, (nuint)count, timeoutMilliseconds: 100);
        int at = 1;
        _kicked.Clear();
        foreach (uint index in _queues.Keys)
        {
            if ((files[at++].Happened & Libc.PollIn) != 0)
            {
                _kicked.Add(index);
            }
        }

        return files[0].Happened != 0 ? 0 : -1;
    }

    private void ServeQueues()
    {
        foreach (uint index in _kicked)
        {
            VhostQueue queue = _queues[index];
            ulong count = 0;
            if (queue.Kick < 0 || Libc.Read(queue.Kick, &count, sizeof(ulong)) != sizeof(ulong))
            {
                continue;
            }

            Notifications++;
            if (!_running.TryGetValue(index, out FakeQueue? running))
            {
                running = FakeQueue.At(_memory, queue.Size, _features, queue.Areas.Descriptors, queue.Areas.Driver, queue.Areas.Device);
                _running.Add(index, running);
            }

            _serve(running, () => Interrupt(queue));
        }
    }

    private static void Interrupt(VhostQueue queue)
    {
        ulong one = 1;
        if (queue.Call >= 0)
        {
            _ = Libc.Write(queue.Call, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>Answers one request of QEMU's.</summary>
    /// <returns>False when QEMU has ended.</returns>
    private bool ServeSocket(int socket)
    {
        byte[] header = new byte[HeaderBytes];
        if (!Libc.Receive(socket, header, out int[] files))
        {
            return false;
        }

        VhostRequest request = (VhostRequest)BinaryPrimitives.ReadUInt32LittleEndian(header);
        byte[] payload = new byte[BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8))];
        if (payload.Length > 0 && !Libc.Receive(socket, payload, out _))
        {
            return false;
        }

        uint first = payload.Length >= 4 ? Word(payload, 0) : 0;
        switch (request)
        {
            case VhostRequest.GetFeatures:
                Answer(socket, request, Bytes((ulong)Offered | ProtocolFeatures));
                break;
            case VhostRequest.GetProtocolFeatures:
                Answer(socket, request, Bytes(ConfigurationProtocol));
                break;
            case VhostRequest.GetQueueCount:
                Answer(socket, request, Bytes(1));
                break;
            case VhostRequest.SetFeatures:
                _features = (VirtioFeatures)(Long(payload, 0) & ~ProtocolFeatures);
                break;
            case VhostRequest.SetMemoryTable:
                SetMemory(payload, files);
                break;
            case VhostRequest.SetQueueSize:
                QueueOf(first).Size = (int)Word(payload, 4);
                break;
            case VhostRequest.SetQueueAddress:
                QueueOf(first).Areas = (
                    _memory.GuestAddress(Long(payload, 8)), _memory.GuestAddress(Long(payload, 24)), _memory.GuestAddress(Long(payload, 16)));
                break;
            case VhostRequest.SetQueueKick:
                QueueOf(first & 0xFF).Kick = FileOf(first, files);
                break;
            case VhostRequest.SetQueueCall:
                QueueOf(first & 0xFF).Call = FileOf(first, files);
                break;
            case VhostRequest.GetQueueBase:
                _running.Remove(first);
                QueueOf(first).Kick = -1;
                Answer(socket, request, [.. payload.AsSpan(0, 4), 0, 0, 0, 0]);
                break;
            case VhostRequest.GetConfiguration:
                Answer(socket, request, Configuration(payload));
                break;
            case VhostRequest.SetQueueError:
                _ = Libc.Close(FileOf(first, files));
                break;
            case VhostRequest.SetOwner or VhostRequest.SetProtocolFeatures or VhostRequest.SetQueueBase or VhostRequest.SetQueueEnable:
                break;
            default:
                throw new InvalidDataException($"QEMU makes a request of the vhost-user protocol that is not known: {request}.");
        }

        return true;
    }

    private VhostQueue QueueOf(uint index)
    {
        if (!_queues.TryGetValue(index, out VhostQueue? queue))
        {
            _queues.Add(index, queue = new VhostQueue());
        }

        return queue;
    }

    private void SetMemory(byte[] payload, int[] files)
    {
        _memory.Dispose();
        _memory = new VhostMemory();
        _running.Clear();
        for (int i = 0; i < files.Length; i++)
        {
            int at = 8 + (i * 32);
            _memory.Add(Long(payload, at), Long(payload, at + 8), Long(payload, at + 16), Long(payload, at + 24), files[i]);
        }
    }

    private byte[] Configuration(byte[] payload)
    {
        byte[] answer = [.. payload];
        uint offset = Word(payload, 0);
        uint bytes = Word(payload, 4);
        for (uint i = 0; i < bytes && 12 + i < answer.Length; i++)
        {
            answer[12 + i] = offset + i < _configuration.Length ? _configuration[offset + i] : (byte)0;
        }

        return answer;
    }

    private static int FileOf(uint value, int[] files) => (value & NoFile) != 0 || files.Length == 0 ? -1 : files[0];

    private static void Answer(int socket, VhostRequest request, byte[] payload)
    {
        byte[] message = new byte[HeaderBytes + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)request);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(4), Reply);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), (uint)payload.Length);
        payload.CopyTo(message, HeaderBytes);
        fixed (byte* start = message)
        {
            if (Libc.Write(socket, start, (nuint)message.Length) != message.Length)
            {
                throw new IOException("QEMU does not take an answer.");
            }
        }
    }

    private static byte[] Bytes(ulong value) => BitConverter.GetBytes(value);

    private static uint Word(byte[] payload, int at) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(at));

    private static ulong Long(byte[] payload, int at) => BinaryPrimitives.ReadUInt64LittleEndian(payload.AsSpan(at));
}
