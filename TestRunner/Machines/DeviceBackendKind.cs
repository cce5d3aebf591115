namespace TestRunner.Machines;

/// <summary>What of the host a device of the machine is connected to, or how.</summary>
public enum DeviceBackendKind
{
    /// <summary>A disk: QEMU's <c>-drive</c>.</summary>
    Drive,

    /// <summary>A network: <c>-netdev</c>.</summary>
    Network,

    /// <summary>A stream of bytes: <c>-chardev</c>.</summary>
    Character,

    /// <summary>Anything else with a name, such as memory or a filter: <c>-object</c>.</summary>
    Named,

    /// <summary>A property of all devices of a kind: <c>-global</c>.</summary>
    Global,

    /// <summary>A property of the machine itself, such as where its memory is: <c>-machine</c>.</summary>
    Machine,

    /// <summary>A further monitor, for tests that change the running machine: <c>-mon</c>.</summary>
    Monitor,
}
