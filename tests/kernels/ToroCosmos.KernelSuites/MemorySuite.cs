using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Hardware;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Smp;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>Memory: what is protected, what is allocated, what may be mapped.</summary>
internal static unsafe class MemorySuite
{
    private const int Rounds = 200;
    private const ulong LocalApicAddress = 0xFEE0_0000;

    [KernelTest(On = KernelTestCores.All)]
    internal static void Page_0_is_a_null_reference_on_every_core()
    {
        for (int i = 0; i < Rounds; i++)
        {
            Check.That(Catch.Throws<NullReferenceException>(() => _ = *Address(0)));
            Check.That(Catch.Throws<NullReferenceException>(() => *Address(PageTables.PageSize - 4) = 1));
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void A_field_or_element_of_a_null_reference_is_one_too()
    {
        for (int i = 0; i < Rounds; i++)
        {
            Check.That(Catch.Throws<NullReferenceException>(() => *Address(0x5000) = 1));
            Check.That(Catch.Throws<NullReferenceException>(() => _ = *Address(PageTables.NullAreaEnd - 4)));
        }
    }

    [KernelTest]
    internal static void Memory_below_1_MiB_is_mapped_where_somebody_asked_for_it_only()
    {
        const ulong FirmwareArea = 0x80000;
        Check.Equal(0, CountPages(0, FirmwareArea, _ => true));

        // Above lie the tables of the firmware, not writable, and the VGA text screen.
        Check.Equal(0, CountPages(FirmwareArea, TextScreen.Address, entry => (entry & PageTables.Writable) != 0));
        Check.Equal(0, CountPages(TextScreen.Address + PageTables.PageSize, 0x100000, entry => (entry & PageTables.Writable) != 0));
    }

    [KernelTest]
    internal static void No_page_has_an_address_that_the_processor_does_not_have()
    {
        const ulong AddressBits = 0x000F_FFFF_FFFF_F000;
        const uint AddressSizeLeaf = 0x8000_0008;
        int bits = (int)(Cpu.CpuId(AddressSizeLeaf).Eax & 0xFF);
        Check.Equal(0, PageWalk.Count(entry => (entry & AddressBits) >> bits != 0));
        Check.That(PhysicalMemory.MapDevice(1UL << bits, 16) == null);
        Check.That(PhysicalMemory.MapDevice((1UL << bits) - 8, 16) == null);
        Check.That(PhysicalMemory.MapFirmware(1UL << bits, 16) == null);
    }

    [KernelTest]
    internal static void Code_and_constants_are_not_writable_and_data_is_not_executable()
    {
        ImageLayout* image = ImageLayout.Get();
        Check.Equal(0, CountPages(image->TextStart, image->TextEnd, entry => (entry & PageTables.Writable) != 0));
        Check.Equal(0, CountPages(image->ReadOnlyStart, image->ReadOnlyEnd, entry => (entry & PageTables.Writable) != 0));
        Check.Equal(0, CountPages(image->ReadOnlyStart, image->ReadOnlyEnd, entry => (entry & PageTables.NoExecute) == 0));
        Check.Equal(0, CountPages(image->DataStart, image->KernelEnd, entry => (entry & PageTables.NoExecute) == 0));
    }

    [KernelTest]
    internal static void No_page_is_both_writable_and_executable() =>
        Check.Equal(0, PageWalk.Count(entry => (entry & PageTables.Writable) != 0 && (entry & PageTables.NoExecute) == 0));

    [KernelTest]
    internal static void Only_ordinary_memory_can_be_lent()
    {
        MachineMemory memory = new();
        byte* page = PhysicalMemory.Allocate(8192, 4096);
        Check.That(memory.Contains(page, 8192));
        Check.That(!memory.Contains(null, 1), "address 0");
        Check.That(!memory.Contains((byte*)CoreBlock.Current()->StackGuard, 1), "a guard page");
        Check.That(!memory.Contains((byte*)CoreBlock.Current()->StackGuard - 1, 2), "up to a guard page");
        Check.That(!memory.Contains((byte*)LocalApicAddress, 4), "a device");
        Check.That(!memory.Contains((byte*)0x0000_7000_0000_0000, 1), "a hole");
        Check.That(!memory.Contains((byte*)0xFFFF_8000_0000_0000, 1), "the upper half");
        Check.That(!memory.Contains((byte*)0xFFFF_FFFF_FFFF_FFF0, 0x20), "the end of the address space");
        Check.That(!memory.Contains((byte*)0x8000_0000_0000_0000, 1), "an address that is not canonical");
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void There_is_nothing_below_a_stack() => Check.That(!PageTables.IsMapped(CoreBlock.Current()->StackGuard));

    [KernelTest(On = KernelTestCores.All)]
    internal static void Arrays_of_every_core_are_zeroed_and_its_own(int core)
    {
        int[][] kept = new int[Rounds][];
        for (int i = 0; i < Rounds; i++)
        {
            int[] block = new int[(i * 7 % 512) + 1];
            foreach (int value in block)
            {
                if (!Check.Equal(0, value))
                {
                    return;
                }
            }

            Array.Fill(block, core + 1);
            kept[i] = block;
        }

        foreach (int[] block in kept)
        {
            foreach (int value in block)
            {
                if (!Check.Equal(core + 1, value))
                {
                    return;
                }
            }
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Objects_of_every_core_are_aligned()
    {
        for (int i = 0; i < Rounds; i++)
        {
            byte[] block = new byte[i];
            nint address = *(nint*)Unsafe.AsPointer(ref block);
            if (!Check.Equal(0, address & 7))
            {
                return;
            }
        }
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Physical_memory_is_aligned_and_zeroed()
    {
        for (nuint alignment = 16; alignment <= 64 * 1024; alignment *= 2)
        {
            byte* memory = PhysicalMemory.Allocate(alignment + 24, alignment);
            if (!Check.That(memory != null) || !Check.Equal(0, (long)((nuint)memory & (alignment - 1))))
            {
                return;
            }

            for (nuint i = 0; i < alignment + 24; i++)
            {
                if (!Check.Equal(0, memory[i]))
                {
                    return;
                }

                memory[i] = 0xA5;
            }
        }
    }

    [KernelTest]
    internal static void Many_aligned_stretches_do_not_use_up_the_rest()
    {
        for (int i = 0; i < 300; i++)
        {
            Check.That(PhysicalMemory.Allocate(24, 4096) != null);
        }

        Check.That(PhysicalMemory.Allocate(4 << 20, 16) != null);
    }

    [KernelTest]
    internal static void More_memory_than_there_is_is_refused()
    {
        Check.That(PhysicalMemory.Allocate((nuint)1 << 45, 16) == null);
        Check.That(PhysicalMemory.Allocate(nuint.MaxValue, 16) == null);
        Check.That(PhysicalMemory.Allocate(16, 16) != null, "and there is still some");
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void An_array_that_does_not_fit_is_an_exception() =>
        Check.That(Catch.Throws<OutOfMemoryException>(() => _ = AllocateArray(Array.MaxLength)));

    [KernelTest]
    internal static void Ordinary_memory_is_not_mapped_as_a_device()
    {
        byte* memory = PhysicalMemory.Allocate((nuint)PageTables.PageSize, (nuint)PageTables.PageSize);
        Check.That(PhysicalMemory.MapDevice((ulong)memory, 16) == null);
        Check.That(PhysicalMemory.MapDevice(ImageLayout.Get()->TextStart, 16) == null);
        Check.That(PhysicalMemory.MapDevice(0, 16) == null);
        Check.That(PhysicalMemory.MapDevice(ulong.MaxValue - 8, 64) == null);
    }

    [KernelTest]
    internal static void A_device_may_be_mapped_again()
    {
        byte* registers = PhysicalMemory.MapDevice(LocalApicAddress, 0x1000);
        Check.That(registers == (byte*)LocalApicAddress);
        Check.That(PhysicalMemory.MapDevice(LocalApicAddress, 0x1000) == registers);
    }

    [KernelTest]
    internal static void Firmware_memory_is_readable()
    {
        const ulong BiosArea = 0xF_0000;
        byte* bios = PhysicalMemory.MapFirmware(BiosArea, 0x1_0000);
        if (Check.That(bios != null))
        {
            int sum = 0;
            for (int i = 0; i < 0x1_0000; i++)
            {
                sum += bios[i];
            }

            Check.That(sum >= 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long[] AllocateArray(int length) => new long[length];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int* Address(ulong value) => (int*)value;

    /// <summary>Counts the mapped pages of a stretch that meet a condition.</summary>
    private static int CountPages(ulong start, ulong end, Func<ulong, bool> condition)
    {
        int count = 0;
        for (ulong page = start & ~(PageTables.PageSize - 1); page < end; page += PageTables.PageSize)
        {
            ulong entry = PageWalk.Entry(page);
            count += entry != 0 && condition(entry) ? 1 : 0;
        }

        return count;
    }
}
