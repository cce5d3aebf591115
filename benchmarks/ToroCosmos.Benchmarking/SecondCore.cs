using System;

namespace ToroCosmos.Benchmarking;

/// <summary>The core at the other end: a thread of its own processor on the host, core 1 in a kernel.</summary>
public abstract class SecondCore
{
    /// <summary>Has it do something, while this core goes on.</summary>
    public abstract void Run(Action work);

    /// <summary>Waits until it has done it.</summary>
    public abstract void Join();
}
