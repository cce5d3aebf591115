using System.Threading;

namespace ToroCosmos.Smp.Waiting;

/// <summary>Waiting as long as a word has a value.</summary>
/// <param name="word">Written by the other core.</param>
/// <param name="value">What the word is to differ from.</param>
/// <param name="asleep">The announcement of sleep: written by this core only.</param>
internal readonly unsafe struct WordWait(uint* word, uint value, uint* asleep) : IWaitable
{
    private readonly uint* _word = word;
    private readonly uint* _asleep = asleep;
    private readonly uint _value = value;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    public bool HasNews() => Volatile.Read(ref *_word) != _value;

    public void RequestWakeUp() => Volatile.Write(ref *_asleep, 1);

    public void SuppressWakeUps() => Volatile.Write(ref *_asleep, 0);
}
