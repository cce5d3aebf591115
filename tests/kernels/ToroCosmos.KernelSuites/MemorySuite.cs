using System;
using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.KernelSuites;

/// <summary>Memory: what is protected, what is allocated, what may be mapped.</summary>
internal static unsafe class MemorySuite
{
    private const int Rounds = 200;
    private const ulong LocalApicAddress = 0xFEE0_0000;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

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
        CheckRefused(DeviceMapping.BeyondAddresses, 1UL << bits, 16);
        CheckRefused(DeviceMapping.BeyondAddresses, (1UL << bits) - 8, 16);
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
        Check.That(!memory.Contains((byte*)ThreadBlock.Current()->StackGuard, 1), "a guard page");
        Check.That(!memory.Contains((byte*)ThreadBlock.Current()->StackGuard - 1, 2), "up to a guard page");
        Check.That(!memory.Contains((byte*)LocalApicAddress, 4), "a device");
        Check.That(!memory.Contains((byte*)0x0000_7000_0000_0000, 1), "a hole");
        Check.That(!memory.Contains((byte*)0xFFFF_8000_0000_0000, 1), "the upper half");
        Check.That(!memory.Contains((byte*)0xFFFF_FFFF_FFFF_FFF0, 0x20), "the end of the address space");
        Check.That(!memory.Contains((byte*)0x8000_0000_0000_0000, 1), "an address that is not canonical");
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void There_is_nothing_below_a_stack() => Check.That(!PageTables.IsMapped(ThreadBlock.Current()->StackGuard));

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
        CheckRefused(DeviceMapping.OtherMemory, (ulong)memory, 16);
        CheckRefused(DeviceMapping.OtherMemory, ImageLayout.Get()->TextStart, 16);
        CheckRefused(DeviceMapping.OtherMemory, (ulong)memory, (nuint)PhysicalAddresses.End - (nuint)memory);
    }

    [KernelTest]
    internal static void A_device_that_cannot_be_mapped_is_refused_with_the_reason()
    {
        CheckRefused(DeviceMapping.FirstPage, 0, 16);
        CheckRefused(DeviceMapping.FirstPage, PageTables.PageSize - 1, 16);
        CheckRefused(DeviceMapping.NoLength, LocalApicAddress, 0);
        CheckRefused(DeviceMapping.BeyondAddresses, ulong.MaxValue - 8, 64);
        CheckRefused(DeviceMapping.BeyondAddresses, PhysicalAddresses.End, 1);
        CheckRefused(DeviceMapping.BeyondAddresses, PhysicalAddresses.End - 8, 16);
        CheckRefused(DeviceMapping.BeyondAddresses, LocalApicAddress, nuint.MaxValue);
    }

    [KernelTest]
    internal static void A_device_may_be_mapped_again()
    {
        CheckMapped(LocalApicAddress, 0x1000);
        ulong before = FrameAllocator.Allocated;
        CheckMapped(LocalApicAddress, 0x1000);
        Check.Equal((long)before, (long)FrameAllocator.Allocated);
    }

    [KernelTest]
    internal static void A_large_device_above_all_memory_is_mapped_with_large_pages()
    {
        const ulong Beyond4GiB = 0x20_0000_0000;
        const nuint Bytes = 256 << 20;
        const ulong MaximumTables = 3;
        ulong before = FrameAllocator.Allocated;
        CheckMapped(Beyond4GiB, Bytes);
        Check.That(FrameAllocator.Allocated - before <= MaximumTables * PageTables.PageSize);
        Check.Equal(0, CountPages(Beyond4GiB, Beyond4GiB + Bytes, entry => (entry & PageTables.Uncached) != PageTables.Uncached));
        Check.That(!PageTables.IsMapped(Beyond4GiB - 1) && !PageTables.IsMapped(Beyond4GiB + Bytes));
        Check.That(!PhysicalMemory.IsReadable((byte*)Beyond4GiB, 1), "it is no ordinary memory");

        // What is not there is read as anything, but read.
        _ = *(int*)(Beyond4GiB + Bytes - 4);
    }

    [KernelTest]
    internal static void A_device_that_begins_and_ends_anywhere_is_mapped_whole()
    {
        const ulong Start = 0x21_3FE0_1234;
        const ulong Bytes = 5UL << 30;
        CheckMapped(Start, Bytes);
        Check.That(!PageTables.IsMapped(Start - 0x1000) && !PageTables.IsMapped(Start + Bytes + 0x1000));

        // A page taken out of a larger one leaves the rest as it was.
        const ulong Page = 0x22_0030_0000;
        Check.That(PageTables.Unmap(Page));
        Check.That(!PageTables.IsMapped(Page));
        Check.Equal((int)Coverage.Same, (int)PageTables.CoverageOf(Start, Page, PageTables.Uncached));
        Check.Equal((int)Coverage.Same, (int)PageTables.CoverageOf(Page + PageTables.PageSize, Start + Bytes, PageTables.Uncached));
        Check.Equal((long)(Page - PageTables.PageSize), (long)(PageWalk.Entry(Page - PageTables.PageSize) & AddressMask));
        CheckMapped(Start, Bytes);
        Check.Equal((int)Coverage.Same, (int)PageTables.CoverageOf(Start, Start + Bytes, PageTables.Uncached));
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_has_the_same_page_attribute_table()
    {
        Check.Equal((long)PageAttributeTable.Value, (long)Cpu.ReadMsr(PageAttributeTable.Register));
    }

    [KernelTest]
    internal static void Writes_to_a_framebuffer_are_combined_and_those_to_registers_are_not()
    {
        const ulong Framebuffer = 0x28_0000_0000;
        const ulong WriteCombining = 1;
        const ulong Uncached = 0;
        Check.That(Terminal.MapScreen(Framebuffer, 8 << 20, PageTables.WriteCombining));
        Check.Equal((long)WriteCombining, (long)MemoryType(Framebuffer));
        Check.Equal((long)Uncached, (long)MemoryType(LocalApicAddress));
        CheckRefused(DeviceMapping.OtherMemory, Framebuffer, 16);
        CheckRefused(DeviceMapping.OtherMemory, Framebuffer - 0x10_0000, 0x20_0000);
        if (BootInformation.Framebuffer.Address != 0)
        {
            Check.Equal((long)WriteCombining, (long)MemoryType(BootInformation.Framebuffer.Address));
        }
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

    private static void CheckMapped(ulong address, ulong bytes)
    {
        Check.Equal((int)DeviceMapping.Ok, (int)PhysicalMemory.MapDevice(address, (nuint)bytes, out byte* registers));
        Check.That(registers == (byte*)address);
    }

    private static void CheckRefused(DeviceMapping reason, ulong address, nuint bytes)
    {
        Check.Equal((int)reason, (int)PhysicalMemory.MapDevice(address, bytes, out byte* registers));
        Check.That(registers == null);
    }

    /// <summary>How the processor caches a page: the byte of its table that the entry's bits PWT and PCD choose.</summary>
    private static ulong MemoryType(ulong address) =>
        (Cpu.ReadMsr(PageAttributeTable.Register) >> (int)(((PageWalk.Entry(address) >> 3) & 3) * 8)) & 0xFF;

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
