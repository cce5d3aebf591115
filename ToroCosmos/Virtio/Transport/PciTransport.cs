using System;
using ToroCosmos.Devices;
using ToroCosmos.Pci;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.Virtio.Transport;

/// <summary>A device on PCI (VirtIO 1.2, Virtio Over PCI Bus), by the interface of VirtIO 1.0 and later.</summary>
public sealed class PciTransport : VirtioTransport
{
    /// <summary>Who makes all devices of VirtIO.</summary>
    public const ushort VendorId = 0x1AF4;

    private const ushort FirstDevice = 0x1000;
    private const ushort FirstModernDevice = 0x1040;
    private const ushort LastDevice = 0x107F;

    private readonly RegisterBlock _common;
    private readonly RegisterBlock _notify;
    private readonly RegisterBlock _interrupt;
    private readonly RegisterBlock? _config;
    private readonly DeviceWakeUps _wakeUps;
    private readonly PciFunction _function;
    private readonly MsixTable? _msix;
    private readonly uint _notifyMultiplier;
    private readonly uint[] _notifyOffsets;
    private readonly bool[] _hasVector;
    private bool _isPinConnected;

    private PciTransport(PciFunction function, VirtioPciRegisters registers, MsixTable? msix, DeviceWakeUps wakeUps)
        : base(TypeOf(function), "pci " + function.Address.Text)
    {
        _function = function;
        _common = registers.Common!;
        _notify = registers.Notify!;
        _interrupt = registers.Interrupt!;
        _config = registers.Device;
        _notifyMultiplier = registers.NotifyMultiplier;
        _msix = msix;
        _wakeUps = wakeUps;
        QueueLimit = _common.Read16(PciCommonConfig.NumberOfQueues);
        _notifyOffsets = new uint[QueueLimit];
        _hasVector = new bool[QueueLimit];
    }

    /// <inheritdoc/>
    public override int QueueLimit { get; }

    /// <inheritdoc/>
    public override uint ConfigBytes => _config == null ? 0 : _config.Bytes;

    /// <summary>Whether a function is a device of VirtIO, of whatever version.</summary>
    public static bool IsVirtio(PciFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.VendorId == VendorId && function.DeviceId >= FirstDevice && function.DeviceId <= LastDevice;
    }

    /// <summary>
    /// What a device of VirtIO is (VirtIO 1.2, PCI Device Discovery): one that knows the older interface too has its type in
    /// the subsystem's id.
    /// </summary>
    public static VirtioDeviceType TypeOf(PciFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.DeviceId >= FirstModernDevice
            ? (VirtioDeviceType)(function.DeviceId - FirstModernDevice)
            : (VirtioDeviceType)(function.Read32(PciRegister.Subsystem) >> 16);
    }

    /// <summary>Finds a device's registers. Allocates.</summary>
    /// <param name="function">A function for which <see cref="IsVirtio"/> holds.</param>
    /// <param name="space">The machine's address space.</param>
    /// <param name="wakeUps">How devices end the sleep of cores.</param>
    /// <param name="transport">The device, when the answer is Ok.</param>
    /// <returns>Ok, LegacyOnly, NotAccessible or Gone.</returns>
    public static VirtioStatus Open(
        PciFunction function, DeviceSpace space, DeviceWakeUps wakeUps, out VirtioTransport? transport)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(wakeUps);
        transport = null;
        VirtioStatus status = VirtioPciRegisters.Find(function, space, out VirtioPciRegisters registers);
        if (status != VirtioStatus.Ok)
        {
            return status;
        }

        function.Enable();
        MsixTable? msix = MsixTable.Open(function, space);
        if (registers.Common!.Read16(PciCommonConfig.NumberOfQueues) == ushort.MaxValue)
        {
            return VirtioStatus.Gone;
        }

        transport = new PciTransport(function, registers, msix, wakeUps);
        return VirtioStatus.Ok;
    }

    /// <inheritdoc/>
    public override bool MayMissInterrupts(int queue) => !_hasVector[queue];

    /// <inheritdoc/>
    public override VirtioFeatures ReadDeviceFeatures()
    {
        _common.Write32(PciCommonConfig.DeviceFeatureSelect, 0);
        uint low = _common.Read32(PciCommonConfig.DeviceFeature);
        _common.Write32(PciCommonConfig.DeviceFeatureSelect, 1);
        return (VirtioFeatures)(low | ((ulong)_common.Read32(PciCommonConfig.DeviceFeature) << 32));
    }

    /// <inheritdoc/>
    public override void WriteDriverFeatures(VirtioFeatures features)
    {
        _common.Write32(PciCommonConfig.DriverFeatureSelect, 0);
        _common.Write32(PciCommonConfig.DriverFeature, (uint)features);
        _common.Write32(PciCommonConfig.DriverFeatureSelect, 1);
        _common.Write32(PciCommonConfig.DriverFeature, (uint)((ulong)features >> 32));
    }

    /// <inheritdoc/>
    public override DeviceStatusFlags ReadStatus() => (DeviceStatusFlags)_common.Read8(PciCommonConfig.DeviceStatus);

    /// <inheritdoc/>
    public override void WriteStatus(DeviceStatusFlags status) => _common.Write8(PciCommonConfig.DeviceStatus, (byte)status);

    /// <inheritdoc/>
    public override int ReadQueueSize(int queue)
    {
        _common.Write16(PciCommonConfig.QueueSelect, (ushort)queue);
        return _common.Read16(PciCommonConfig.QueueSize);
    }

    /// <inheritdoc/>
    public override VirtioStatus EnableQueue(int queue, Virtqueue ring, int core)
    {
        ArgumentNullException.ThrowIfNull(ring);
        _common.Write16(PciCommonConfig.QueueSelect, (ushort)queue);
        uint notifyOffset = _common.Read16(PciCommonConfig.QueueNotifyOffset) * _notifyMultiplier;
        bool isUsed = _common.Read16(PciCommonConfig.QueueEnable) != 0;
        if (isUsed || (notifyOffset & 1) != 0 || !_notify.Has(notifyOffset, sizeof(ushort)))
        {
            return VirtioStatus.QueueRefused;
        }

        _notifyOffsets[queue] = notifyOffset;
        _common.Write16(PciCommonConfig.QueueSize, (ushort)ring.Size);
        Write64(PciCommonConfig.QueueDescriptors, ring.DescriptorArea);
        Write64(PciCommonConfig.QueueDriver, ring.DriverArea);
        Write64(PciCommonConfig.QueueDevice, ring.DeviceArea);
        ConnectInterrupt(queue, core);

        // The last of all; 0 is never written (VirtIO 1.2, Driver Requirements: Common configuration structure layout).
        _common.Write16(PciCommonConfig.QueueEnable, 1);
        return _common.Read16(PciCommonConfig.QueueEnable) == 1 && _common.Read16(PciCommonConfig.QueueSize) == ring.Size
            ? VirtioStatus.Ok
            : VirtioStatus.QueueRefused;
    }

    /// <inheritdoc/>
    public override void Notify(int queue) => _notify.Write16(_notifyOffsets[queue], (ushort)queue);

    /// <inheritdoc/>
    public override void AcknowledgeInterrupt()
    {
        if (_isPinConnected)
        {
            // Reading it takes the claim back (VirtIO 1.2, ISR status capability).
            _ = _interrupt.Read8(0);
        }
    }

    /// <inheritdoc/>
    public override uint ReadConfigGeneration() => _common.Read8(PciCommonConfig.ConfigGeneration);

    /// <inheritdoc/>
    public override byte ReadConfig8(uint offset) => _config!.Read8(offset);

    /// <inheritdoc/>
    public override ushort ReadConfig16(uint offset) => _config!.Read16(offset);

    /// <inheritdoc/>
    public override uint ReadConfig32(uint offset) => _config!.Read32(offset);

    /// <inheritdoc/>
    public override void WriteConfig8(uint offset, byte value) => _config!.Write8(offset, value);

    /// <inheritdoc/>
    public override void WriteConfig32(uint offset, uint value) => _config!.Write32(offset, value);

    /// <summary>
    /// Gives the queue that is selected a vector of its own, as long as there are some. Without one, and without messages at
    /// all, the pin is left, which firmware has connected to an input of the old controllers, if to any.
    /// </summary>
    private void ConnectInterrupt(int queue, int core)
    {
        _hasVector[queue] = false;
        if (_msix == null)
        {
            byte line = _function.InterruptLine;
            if (!_isPinConnected && _function.InterruptPin != 0 && line > 0 && line < 16)
            {
                _isPinConnected = _wakeUps.TryConnect(line, false, core);
                _function.UseInterruptPin(_isPinConnected);
            }

            return;
        }

        _common.Write16(PciCommonConfig.ConfigMsixVector, PciCommonConfig.NoVector);
        bool canSend = queue < _msix.Count & _wakeUps.TryGetMessage(core, out InterruptMessage message);
        if (canSend)
        {
            _msix.Set(queue, message);
        }

        ushort vector = canSend ? (ushort)queue : PciCommonConfig.NoVector;
        _common.Write16(PciCommonConfig.QueueMsixVector, vector);

        // A device that cannot has none (VirtIO 1.2, MSI-X Vector Configuration).
        _hasVector[queue] = canSend && _common.Read16(PciCommonConfig.QueueMsixVector) == vector;
    }

    private void Write64(uint offset, ulong value)
    {
        _common.Write32(offset, (uint)value);
        _common.Write32(offset + 4, (uint)(value >> 32));
    }
}
