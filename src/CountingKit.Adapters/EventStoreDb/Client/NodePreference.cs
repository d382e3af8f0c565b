namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Which node of a cluster answers reads. Appends go to the leader.</summary>
internal enum NodePreference { Leader, Follower, Random, ReadOnlyReplica }
