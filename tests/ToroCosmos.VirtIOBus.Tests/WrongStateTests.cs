using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>What every call of an endpoint answers in every state of its links.</summary>
public sealed unsafe class WrongStateTests : IDisposable
{
    private const int BufferSize = 64;
    private const int Peer = 1;

    // In the order of the columns below.
    private static readonly (string Name, Action<TestBus> Prepare)[] s_states =
    [
        ("neither end is set up", _ => { }),
        ("nothing is on its way", _ => { }),
        ("its queue is full", Fill),
        ("room is reserved", test => Expect(BusStatus.Ok, test[0].TryReserveTo(Peer, out _))),
        ("a message is there", test => Expect(BusStatus.Ok, test[Peer].TrySendTo(0, "x"u8))),
        ("a message is there that is too long", test => Expect(BusStatus.Ok, test[Peer].TrySendTo(0, new byte[BufferSize]))),
        ("a message is shown", Show),
        ("it broke both links", BreakHere),
        ("the peer broke both links before anything was sent", test => BreakThere(test, isUsed: false)),
        ("the peer broke both links with messages and room left", test => BreakThere(test, isUsed: true)),
        ("it was closed", test => Expect(BusStatus.Ok, test[0].Close())),
        ("the peer was closed before anything was sent", test => CloseThere(test, isUsed: false)),
        ("the peer was closed with messages and room left", test => CloseThere(test, isUsed: true)),
        ("its queue is full and it is cancelled", Cancel),
    ];

    private static readonly Dictionary<char, string> s_answers = new()
    {
        ['O'] = nameof(BusStatus.Ok),
        ['F'] = nameof(BusStatus.Full),
        ['E'] = nameof(BusStatus.Empty),
        ['T'] = nameof(BusStatus.TimedOut),
        ['L'] = nameof(BusStatus.TooLong),
        ['N'] = nameof(BusStatus.NoSuchCore),
        ['B'] = nameof(BusStatus.BrokenLink),
        ['X'] = nameof(BusStatus.NotLendable),
        ['R'] = nameof(BusStatus.Reserved),
        ['r'] = nameof(BusStatus.NotReserved),
        ['P'] = nameof(BusStatus.Peeked),
        ['p'] = nameof(BusStatus.NotPeeked),
        ['n'] = nameof(BusStatus.NotReady),
        ['s'] = nameof(BusStatus.StillLent),
        ['l'] = nameof(BusStatus.NotLent),
        ['I'] = nameof(BusStatus.InvalidLength),
        ['W'] = nameof(BusStatus.WrongCore),
        ['C'] = nameof(BusStatus.Closed),
        ['c'] = nameof(BusStatus.Cancelled),
        ['K'] = nameof(BusStatus.NotBroken),
        ['w'] = Waits,
    };

    private const string Waits = "waits for ever";

    private static readonly byte[] s_short = new byte[4];
    private static readonly byte[] s_tooLong = new byte[BufferSize + 1];
    private static readonly byte[] s_buffer = new byte[8];
    private static readonly AlignedMemory s_lendable = new(4096);

    // For each call its answers in s_states, and last to a core that does not exist or is its own.
    private static readonly Row[] s_rows =
    [
        new("InitializeQueueFrom(core)", "O OOO OOO BOO COO O N", (end, core) => end.InitializeQueueFrom(core)),
        new("InitializeQueues(initialized)", "O OOO OOO BOO COO O -", (end, _) => end.InitializeQueues()),

        new("SendTo(core, buffer)", "w OwR OOO BBO CCO c N", (end, core) => end.SendTo(core, s_short)),
        new("SendTo(core, buffer): too long", "L LLL LLL LLL LLL L N", (end, core) => end.SendTo(core, s_tooLong)),
        new("SendTo(core, buffer, timeoutNs)", "T OTR OOO BBO CCO c N", (end, core) => end.SendTo(core, s_short, 1)),
        new("SendTo(core, buffer, timeoutNs): no time", "T OTR OOO BBO CCO T N", (end, core) => end.SendTo(core, s_short, 0)),
        new("TrySendTo(core, buffer)", "n OFR OOO BBO CCO F N", (end, core) => end.TrySendTo(core, s_short)),
        new("SendBatchTo(core, messages, messageBytes, sent)", "w OwR OOO BBO CCO c N", (end, core) => end.SendBatchTo(core, s_short, 2, out _)),
        new("SendBatchTo(core, messages, messageBytes, sent): no message", "O OOO OOO OOO OOO O N", (end, core) => end.SendBatchTo(core, [], 2, out _)),
        new("SendBatchTo(core, messages, messageBytes, sent): too long", "L LLL LLL LLL LLL L N", (end, core) => end.SendBatchTo(core, s_tooLong, BufferSize + 1, out _)),
        new("SendBatchTo(core, messages, messageBytes, sent): no multiple", "I III III III III I N", (end, core) => end.SendBatchTo(core, s_short, 3, out _)),
        new("SendBatchTo(core, messages, messageBytes, sent): no length", "I III III III III I N", (end, core) => end.SendBatchTo(core, s_short, 0, out _)),
        new("SendBatchTo(core, messages, messageBytes, sent): negative", "I III III III III I N", (end, core) => end.SendBatchTo(core, s_short, -1, out _)),
        new("SendBatchTo(core, messages, messageBytes, timeoutNs, sent)", "T OTR OOO BBO CCO c N", (end, core) => end.SendBatchTo(core, s_short, 2, 1, out _)),
        new("SendBatchTo(core, messages, messageBytes, timeoutNs, sent): no multiple", "I III III III III I N", (end, core) => end.SendBatchTo(core, s_short, 3, 1, out _)),
        new("TrySendBatchTo(core, messages, messageBytes, sent)", "n OFR OOO BBO CCO F N", (end, core) => end.TrySendBatchTo(core, s_short, 2, out _)),
        new("TrySendBatchTo(core, messages, messageBytes, sent): no message", "O OOO OOO OOO OOO O N", (end, core) => end.TrySendBatchTo(core, [], 2, out _)),
        new("Broadcast(buffer)", "w OwR OOO BBO CCO c -", (end, _) => end.Broadcast(s_short)),
        new("Broadcast(buffer): too long", "L LLL LLL LLL LLL L -", (end, _) => end.Broadcast(s_tooLong)),
        new("Broadcast(buffer, timeoutNs)", "T OTR OOO BBO CCO c -", (end, _) => end.Broadcast(s_short, 1)),
        new("Broadcast(buffer, timeoutNs): too long", "L LLL LLL LLL LLL L -", (end, _) => end.Broadcast(s_tooLong, 1)),
        new("TryBroadcast(buffer)", "n OFR OOO BBO CCO F -", (end, _) => end.TryBroadcast(s_short)),
        new("TryBroadcast(buffer): too long", "L LLL LLL LLL LLL L -", (end, _) => end.TryBroadcast(s_tooLong)),

        new("ReserveTo(core, room)", "w OwO OOO BBO CCO c N", (end, core) => end.ReserveTo(core, out _)),
        new("ReserveTo(core, timeoutNs, room)", "T OTO OOO BBO CCO c N", (end, core) => end.ReserveTo(core, 1, out _)),
        new("TryReserveTo(core, room)", "n OFO OOO BBO CCO F N", (end, core) => end.TryReserveTo(core, out _)),
        new("CommitTo(core, bytes, more)", "r rrO rrr Brr Crr r N", (end, core) => end.CommitTo(core, 1)),
        new("CommitTo(core, bytes, more): too long", "L LLL LLL LLL LLL L N", (end, core) => end.CommitTo(core, BufferSize + 1)),
        new("CommitTo(core, bytes, more): negative", "I III III III III I N", (end, core) => end.CommitTo(core, -1)),
        new("CancelTo(core)", "r rrO rrr Brr Crr r N", (end, core) => end.CancelTo(core)),

        // What is lent comes back when it is received.
        new("SendLargeTo(core, buffer)", "w wwR www BBB CCC c N", (end, core) => end.SendLargeTo(core, new ReadOnlySpan<byte>(s_lendable.Start, 9))),
        new("SendLargeTo(core, buffer): not lendable", "X XXX XXX XXX XXX X N", (end, core) => end.SendLargeTo(core, s_short)),
        new("SendLargeTo(core, buffer, timeoutNs, loan)", "T sTR sss BBB CCC c N", (end, core) => end.SendLargeTo(core, new ReadOnlySpan<byte>(s_lendable.Start, 9), 1, out _)),
        new("SendLargeTo(core, buffer, timeoutNs, loan): not lendable", "X XXX XXX XXX XXX X N", (end, core) => end.SendLargeTo(core, s_short, 1, out _)),
        new("TrySendLargeTo(core, buffer, loan)", "n sFR sss BBB CCC F N", (end, core) => end.TrySendLargeTo(core, new ReadOnlySpan<byte>(s_lendable.Start, 9), out _)),
        new("TrySendLargeTo(core, buffer, loan): not lendable", "X XXX XXX XXX XXX X N", (end, core) => end.TrySendLargeTo(core, s_short, out _)),
        new("LendTo(core, memory, bytes, loan)", "w OwR OOO BBO CCO c N", (end, core) => end.LendTo(core, s_lendable.Start, 9, out _)),
        new("LendTo(core, memory, bytes, timeoutNs, loan)", "T OTR OOO BBO CCO c N", (end, core) => end.LendTo(core, s_lendable.Start, 9, 1, out _)),
        new("TryLendTo(core, memory, bytes, loan)", "n OFR OOO BBO CCO F N", (end, core) => end.TryLendTo(core, s_lendable.Start, 9, out _)),
        new("TryLendTo(core, memory, bytes, loan): negative", "I III III III III I N", (end, core) => end.TryLendTo(core, s_lendable.Start, -1, out _)),
        new("TryLendTo(core, memory, bytes, loan): not lendable", "X XXX XXX XXX XXX X N", (end, core) => end.TryLendTo(core, s_lendable.Start - 1, 9, out _)),
        new("AwaitReturn(loan)", "l wll www llB llC l l", (end, core) => end.AwaitReturn(Lend(end, core))),
        new("AwaitReturn(loan): none", "l lll lll lll lll l -", (end, _) => end.AwaitReturn(default)),
        new("AwaitReturn(loan): another endpoint's", "l lll lll lll lll l -", (end, _) => end.AwaitReturn(new BusLoan(Peer, 0, 1000))),
        new("AwaitReturn(loan, timeoutNs)", "l sll sss llB llC l l", (end, core) => end.AwaitReturn(Lend(end, core), 1)),
        new("AwaitReturn(loan, timeoutNs): no time", "l sll sss llB llC l l", (end, core) => end.AwaitReturn(Lend(end, core), 0)),
        new("TryAwaitReturn(loan)", "l sll sss llB llC l l", (end, core) => end.TryAwaitReturn(Lend(end, core))),

        new("RecvFrom(core, buffer, length)", "n www OLP BBO CCO c N", (end, core) => end.RecvFrom(core, s_buffer, out _)),
        new("RecvFrom(core, buffer, timeoutNs, length)", "n TTT OLP BBO CCO c N", (end, core) => end.RecvFrom(core, s_buffer, 1, out _)),
        new("TryRecvFrom(core, buffer, length)", "n EEE OLP BBO CCO E N", (end, core) => end.TryRecvFrom(core, s_buffer, out _)),
        new("RecvBatchFrom(core, buffer, lengths, count)", "n www OLP BBO CCO c N", (end, core) => end.RecvBatchFrom(core, s_buffer, new int[2], out _)),
        new("RecvBatchFrom(core, buffer, lengths, count): no message", "O OOO OOO OOO OOO O N", (end, core) => end.RecvBatchFrom(core, s_buffer, [], out _)),
        new("RecvBatchFrom(core, buffer, lengths, timeoutNs, count)", "n TTT OLP BBO CCO c N", (end, core) => end.RecvBatchFrom(core, s_buffer, new int[2], 1, out _)),
        new("TryRecvBatchFrom(core, buffer, lengths, count)", "n EEE OLP BBO CCO E N", (end, core) => end.TryRecvBatchFrom(core, s_buffer, new int[2], out _)),
        new("RecvFromAny(buffer, core, length)", "n www OLP BBO CCO c -", (end, _) => end.RecvFromAny(s_buffer, out int _, out _)),
        new("RecvFromAny(buffer, timeoutNs, core, length)", "n TTT OLP BBO CCO c -", (end, _) => end.RecvFromAny(s_buffer, 1, out int _, out int _)),
        new("TryRecvFromAny(buffer, core, length)", "n EEE OLP BBO CCO E -", (end, _) => end.TryRecvFromAny(s_buffer, out int _, out int _)),

        new("PeekFrom(core, message)", "n www OOO BBO CCO c N", (end, core) => end.PeekFrom(core, out _)),
        new("PeekFrom(core, timeoutNs, message)", "n TTT OOO BBO CCO c N", (end, core) => end.PeekFrom(core, 1, out _)),
        new("TryPeekFrom(core, message)", "n EEE OOO BBO CCO E N", (end, core) => end.TryPeekFrom(core, out _)),
        new("ReleaseFrom(core)", "n ppp ppO Bpp Cpp p N", (end, core) => end.ReleaseFrom(core)),
        new("CancelFrom(core)", "n ppp ppO Bpp Cpp p N", (end, core) => end.CancelFrom(core)),

        new("ResetTo(core)", "K KKK KKK OOO OOO K N", (end, core) => end.ResetTo(core)),
        new("ResetFrom(core)", "K KKK KKK www www K N", (end, core) => end.ResetFrom(core)),
        new("ResetFrom(core, timeoutNs)", "K KKK KKK TTT TTT K N", (end, core) => end.ResetFrom(core, 1)),
        new("TryResetFrom(core)", "K KKK KKK nnn nnn K N", (end, core) => end.TryResetFrom(core)),
        new("Close()", "O OOO OOO OOO OOO O -", (end, _) => end.Close()),
        new("Cancel()", "O OOO OOO OOO OOO O -", (end, _) => Cancelled(end)),
        new("MessagesFrom(core)", "O OOO OOO OOO OOO O N", (end, core) => Found(end.MessagesFrom(core))),
        new("RoomTo(core)", "O OOO OOO OOO OOO O N", (end, core) => Found(end.RoomTo(core))),
    ];

    private readonly List<string> _wrong = [];

    public void Dispose() => Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));

    [Fact]
    public void Every_public_call_is_in_the_table()
    {
        IEnumerable<string> calls = typeof(BusEndpoint)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})");
        Assert.Equal(calls.Order(), s_rows.Select(row => row.Call.Split(':')[0]).Distinct().Order());
    }

    [Fact]
    public void Every_status_is_in_the_table() => Assert.Equal(
        Enum.GetNames<BusStatus>().Order(),
        s_rows.SelectMany(row => row.Answers).Where(s_answers.ContainsKey).Select(letter => s_answers[letter]).Append(s_answers['W']).Distinct().Except([Waits]).Order());

    [Theory]
    [InlineData(BusChecks.Standard)]
    [InlineData(BusChecks.Full)]
    public void Every_call_in_every_state_answers_what_the_table_says(BusChecks checks)
    {
        foreach (Row row in s_rows)
        {
            for (int column = 0; column < s_states.Length; column++)
            {
                (string state, Action<TestBus> prepare) = s_states[column];
                PlayedCore caller = new();
                using TestBus test = Create(initialize: column != 0, checks, caller);
                prepare(test);
                AssertAnswer(row, row.Answers[column], state, test, Peer);
            }
        }
    }

    [Fact]
    public void Every_call_on_another_core_than_the_endpoints_own_says_so_and_touches_nothing()
    {
        foreach (Row row in s_rows.Where(row => !row.Call.EndsWith("another endpoint's", StringComparison.Ordinal) && !IsForAny(row)))
        {
            foreach ((string state, Action<TestBus> prepare) in s_states[1..])
            {
                PlayedCore caller = new();
                using TestBus test = Create(initialize: true, BusChecks.Full, caller);
                prepare(test);
                caller.IsOwn = false;
                byte[] before = test.Memory.ToArray();
                AssertAnswer(row, 'W', state, test, Peer);
                Assert.True(test.Memory.SequenceEqual(before), $"{row.Call}, {state}: something was touched");
            }
        }
    }

    [Fact]
    public void Every_call_for_a_core_that_does_not_exist_says_so()
    {
        foreach (Row row in s_rows.Where(row => row.Answers[^1] != '-'))
        {
            foreach (int core in (int[])[0, -1, 2, 3, int.MinValue, int.MaxValue])
            {
                using TestBus test = Create(initialize: true);
                AssertAnswer(row, row.Answers[^1], $"core {core}", test, core);
                Assert.Equal(0, test.Bus.CountBrokenLinks());
            }
        }
    }

    /// <summary>To be waited for is what a call could do; not what it cannot before this core does something else.</summary>
    [Fact]
    public void A_source_has_news_in_the_states_in_which_the_call_it_is_for_goes_on()
    {
        AssertNews(end => end.MessagesFrom(Peer), end => end.TryRecvFrom(Peer, s_buffer, out _));
        AssertNews(end => end.MessagesFromAny, end => end.TryRecvFromAny(s_buffer, out int _, out int _));
        AssertNews(end => end.RoomTo(Peer), end => end.TrySendTo(Peer, s_short), isSending: true);
    }

    private void AssertNews(Func<BusEndpoint, WaitSource?> source, Func<BusEndpoint, BusStatus> call, bool isSending = false)
    {
        for (int column = 0; column < s_states.Length; column++)
        {
            (string state, Action<TestBus> prepare) = s_states[column];
            using TestBus test = Create(initialize: column != 0);
            prepare(test);
            WaitSet set = new(0, 1, new ScriptedSleep(), default);
            Assert.Equal(WaitStatus.Ok, set.Add(source(test[0])));
            WaitStatus actual = set.TryWait(out _);
            BusStatus status = call(test[0]);
            WaitStatus expected = status switch
            {
                BusStatus.Empty or BusStatus.Full => WaitStatus.NoNews,

                // A receiver's own queue will not be initialized by waiting.
                BusStatus.NotReady when isSending => WaitStatus.NoNews,
                BusStatus.Peeked or BusStatus.Reserved => WaitStatus.NothingToWaitFor,
                _ => WaitStatus.Ok,
            };
            if (actual != expected)
            {
                _wrong.Add($"{state}: {actual} where the call answers {status}");
            }
        }
    }

    [Fact]
    public void Another_core_than_the_endpoints_own_is_told_of_no_queue_that_was_initialized()
    {
        using TestBus test = Create(initialize: false, BusChecks.Full, new PlayedCore { IsOwn = false });

        Assert.Equal(BusStatus.WrongCore, test[0].InitializeQueues((_, _) => Assert.Fail("No queue was initialized.")));
    }

    private static TestBus Create(bool initialize, BusChecks checks = BusChecks.Standard, CallingCore? caller = null) => new(
        2,
        new ScriptedSleep(),
        bufferSize: BufferSize,
        initialize: initialize,
        lendable: new LendableStretch(s_lendable.Start, s_lendable.Bytes),
        checks: checks,
        caller: caller);

    private static void Expect(BusStatus expected, BusStatus actual) => Assert.Equal(expected, actual);

    private static void Fill(TestBus test)
    {
        while (test[0].TrySendTo(Peer, "filler"u8) == BusStatus.Ok)
        {
        }
    }

    private static void Show(TestBus test)
    {
        Expect(BusStatus.Ok, test[Peer].TrySendTo(0, "x"u8));
        Expect(BusStatus.Ok, test[0].TryPeekFrom(Peer, out _));
    }

    private static void BreakHere(TestBus test)
    {
        *test.Links.Queue(test.Links.Find(Peer, 0)).UsedIndex = 0x4000;
        *test.Links.Queue(test.Links.Find(0, Peer)).AvailIndex = 0x4000;
        Expect(BusStatus.BrokenLink, test[0].TryRecvFrom(Peer, s_buffer, out _));
        Expect(BusStatus.BrokenLink, test[0].TrySendTo(Peer, "x"u8));
    }

    private static void BreakThere(TestBus test, bool isUsed)
    {
        Use(test, isUsed);
        *test.Links.Queue(test.Links.Find(0, Peer)).UsedIndex = 0x4000;
        *test.Links.Queue(test.Links.Find(Peer, 0)).AvailIndex = 0x4000;
        Expect(BusStatus.BrokenLink, test[Peer].TryRecvFrom(0, s_buffer, out _));
        Expect(BusStatus.BrokenLink, test[Peer].TrySendTo(0, "x"u8));
    }

    private static void CloseThere(TestBus test, bool isUsed)
    {
        Use(test, isUsed);
        Expect(BusStatus.Ok, test[Peer].Close());
    }

    private static void Cancel(TestBus test)
    {
        Fill(test);
        test[0].Cancel();
    }

    private static BusStatus Cancelled(BusEndpoint end)
    {
        end.Cancel();
        return BusStatus.Ok;
    }

    /// <summary>Leaves messages to receive, and room that is known.</summary>
    private static void Use(TestBus test, bool isUsed)
    {
        if (isUsed)
        {
            Expect(BusStatus.Ok, test[0].TrySendTo(Peer, "x"u8));
            Expect(BusStatus.Ok, test[Peer].TryRecvFrom(0, s_buffer, out _));
            Fill(test, Peer, 0);
        }
    }

    private static void Fill(TestBus test, int sender, int receiver)
    {
        while (test[sender].TrySendTo(receiver, "f"u8) == BusStatus.Ok)
        {
        }
    }

    /// <summary>What can be waited for any core may ask, for it fills the wait sets of others; and any may cancel.</summary>
    private static bool IsForAny(Row row) => row.Call is "MessagesFrom(core)" or "RoomTo(core)" or "Cancel()";

    private static BusStatus Found(WaitSource? source) => source == null ? BusStatus.NoSuchCore : BusStatus.Ok;

    /// <returns>A loan, which is none when it could not be given.</returns>
    private static BusLoan Lend(BusEndpoint end, int core)
    {
        _ = end.TryLendTo(core, s_lendable.Start, 9, out BusLoan loan);
        return loan;
    }

    private void AssertAnswer(Row row, char expected, string state, TestBus test, int core)
    {
        Link* outgoing = test.Links.Find(0, Peer);
        uint filled = outgoing->Sender.Filled;
        string actual;
        try
        {
            actual = row.Run(test[0], core).ToString();
        }
        catch (InvalidOperationException)
        {
            // Of the scripted sleep: nobody would end it.
            actual = Waits;
        }

        if (actual != s_answers[expected])
        {
            _wrong.Add($"{row.Call}, {state}: {actual}, not {s_answers[expected]}");
        }

        bool isLoan = row.Call.Contains("SendLargeTo", StringComparison.Ordinal) || row.Call.Contains("AwaitReturn", StringComparison.Ordinal);
        if (actual != nameof(BusStatus.Ok) && !isLoan && outgoing->Sender.Filled != filled)
        {
            _wrong.Add($"{row.Call}, {state}: {actual}, and something was sent");
        }
    }

    private sealed record Row(string Call, string Columns, Func<BusEndpoint, int, BusStatus> Run)
    {
        public string Answers { get; } = Columns.Replace(" ", "", StringComparison.Ordinal);
    }
}
