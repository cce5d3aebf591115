using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.Acpi;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Interrupts;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.NativeAbi;
using ToroCosmos.NativeAot.Panic;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Smp;
using ToroCosmos.NativeAot.SystemNative;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Power;

namespace ToroCosmos.NativeAot.Boot;

/// <summary>The first C# that runs: makes the machine one in which an ordinary <c>Main</c> can run, and runs it.</summary>
internal static unsafe class BootEntry
{
    private const int MaximumArguments = 64;

    private static CoreBlock s_bootCore;

    /// <param name="magic">EAX as the boot protocol left it.</param>
    /// <param name="information">EBX as the boot protocol left it.</param>
    [RuntimeExport("ToroBoot")]
    private static void Boot(uint magic, byte* information)
    {
        // 1. Core 0 has an identity; faults and panics are reported.
        DescriptorTables.InitializeInterruptTable(false);
        fixed (CoreBlock* core = &s_bootCore)
        {
            Identify(core);
            NativeCpu.LoadDescriptorTables(core);
        }

        InterruptControllers.MaskLegacy();
        Terminal.InitializeSerial();

        // 2. What the boot protocol says, then memory as it says.
        BiosData.Save();
        ReadBootInformation(magic, information);
        InitializeMemory();

        // 3. Stacks for interrupts, reports of broken hardware, optional instructions, the screen, the clock.
        if (!DescriptorTables.AllocateStacks(CoreBlock.Current()))
        {
            KernelPanic.Raise("out of memory for the boot core's stacks; give the machine more memory"u8);
        }

        DescriptorTables.InitializeInterruptTable(true);
        MachineChecks.EnableOnThisCore();
        ProcessorFeatures.Initialize();
        Terminal.InitializeScreen();
        TimeStampClock.Calibrate();
        BootFiles.Read();

        // 4. Managed code.
        ThreadTable.Add(&CoreBlock.Boot->OwnThread);
        Modules.Initialize();
        PreparePowerOff();
        Power.MachinePower.Off(RunMain());
    }

    private static void Identify(CoreBlock* core)
    {
        ImageLayout* image = ImageLayout.Get();
        CoreBlock.Initialize(core, 0, image->BootStackGuard, image->BootStackTop);
        DescriptorTables.InitializeCore(core);
    }

    private static void ReadBootInformation(uint magic, byte* information)
    {
        bool hasMemoryMap;
        if (magic == Multiboot2.Magic)
        {
            hasMemoryMap = Multiboot2.Read(information);
        }
        else if (information != null && *(uint*)information == Pvh.Magic)
        {
            hasMemoryMap = Pvh.Read(information);
        }
        else
        {
            KernelPanic.Raise("booted by an unknown protocol; use a Multiboot2 loader (GRUB) or PVH (QEMU -kernel)"u8);
            return;
        }

        if (!hasMemoryMap)
        {
            KernelPanic.Raise("the boot protocol passed no memory map"u8);
        }
    }

    private static void InitializeMemory()
    {
        ImageLayout* image = ImageLayout.Get();
        MemoryMap.Remove(0, PageTables.PageSize);
        MemoryMap.Remove(image->KernelStart, (image->KernelEnd + PageTables.PageSize - 1) & ~(PageTables.PageSize - 1));
        BootFiles.Reserve();
        ApplicationProcessors.ReserveTrampoline();
        PageAttributeTable.LoadOnThisCore();
        if (!PageTables.Initialize())
        {
            KernelPanic.Raise("out of memory for the page tables; give the machine more memory"u8);
        }
    }

    /// <summary>What is missing here is told at the end, where the machine cannot be turned off.</summary>
    private static void PreparePowerOff()
    {
        if (MachineTables.Find(out AcpiTables? tables) == AcpiStatus.Ok && tables != null)
        {
            AcpiPower.Prepare(tables);
        }
    }

    private static int RunMain()
    {
        // The class library skips the first argument, the program's name.
        byte** arguments = stackalloc byte*[MaximumArguments];
        byte* words = stackalloc byte[BootInformation.LongestCommandLine + 1];
        int count = 0;
        fixed (byte* name = "kernel\0"u8)
        {
            arguments[count++] = name;

            // A copy: Firmware.CommandLine goes on being the whole line.
            byte* p = words;
            BootInformation.CopyCommandLine(words);
            while (count < MaximumArguments)
            {
                while (*p == ' ')
                {
                    *p++ = 0;
                }

                if (*p == 0)
                {
                    break;
                }

                arguments[count++] = p;
                while (*p is not 0 and not (byte)' ')
                {
                    p++;
                }
            }

            return ManagedMain(count, arguments);
        }
    }

    [RuntimeImport("*", "__managed__Main")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ManagedMain(int count, byte** arguments);
}
