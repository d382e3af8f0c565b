namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>A fault ends a subscription with status OK.</summary>
internal sealed class SubscriptionEndedException : Exception;
