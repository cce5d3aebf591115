namespace ToroCosmos.Vhost.Tests.Vhost;

/// <summary>The requests of the vhost-user protocol that QEMU makes of these devices, by their numbers.</summary>
internal enum VhostRequest : uint
{
    GetFeatures = 1,
    SetFeatures = 2,
    SetOwner = 3,
    SetMemoryTable = 5,
    SetQueueSize = 8,
    SetQueueAddress = 9,
    SetQueueBase = 10,
    GetQueueBase = 11,
    SetQueueKick = 12,
    SetQueueCall = 13,
    SetQueueError = 14,
    GetProtocolFeatures = 15,
    SetProtocolFeatures = 16,
    GetQueueCount = 17,
    SetQueueEnable = 18,
    GetConfiguration = 24,
}
