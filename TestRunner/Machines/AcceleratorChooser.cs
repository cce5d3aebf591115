using System;

namespace TestRunner.Machines;

/// <summary>Decides which accelerator a machine runs on.</summary>
/// <param name="hostCores">Number of processors of this computer.</param>
/// <param name="askKvm">Whether KVM works; asked only when the answer matters.</param>
public sealed class AcceleratorChooser(int hostCores, Func<KvmAnswer> askKvm)
{
    /// <summary>Decides for a machine of so many cores.</summary>
    /// <exception cref="MachineException">KVM was asked for by name and does not work.</exception>
    public AcceleratorDecision Choose(AcceleratorChoice choice, int cores)
    {
        switch (choice)
        {
            case AcceleratorChoice.Tcg:
                return new AcceleratorDecision(Accelerator.TcgMulti, "asked for", KvmProbedNow: false);
            case AcceleratorChoice.TcgSingle:
                return new AcceleratorDecision(Accelerator.TcgSingle, "asked for", KvmProbedNow: false);
            case AcceleratorChoice.TcgCounted:
                return new AcceleratorDecision(Accelerator.TcgCounted, "asked for", KvmProbedNow: false);
            default:
                break;
        }

        KvmAnswer kvm = askKvm();
        if (kvm.Usable)
        {
            return new AcceleratorDecision(Accelerator.Kvm, kvm.Reason, kvm.ProbedNow);
        }

        if (choice == AcceleratorChoice.Kvm)
        {
            throw new MachineException($"KVM cannot be used: {kvm.Reason}. Use --accel auto or tcg.");
        }

        // With more virtual cores than host cores and a thread for each, a core that waits for another often waits for
        // the host's scheduler instead (milliseconds). On one thread a core that pauses hands over at once.
        return cores > hostCores
            ? new AcceleratorDecision(
                Accelerator.TcgSingle, $"{cores} virtual cores on {hostCores} host cores; {kvm.Reason}", kvm.ProbedNow)
            : new AcceleratorDecision(Accelerator.TcgMulti, kvm.Reason, kvm.ProbedNow);
    }
}
