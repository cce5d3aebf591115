using ToroCosmos.KernelTesting;

return KernelTests.Run(args);
