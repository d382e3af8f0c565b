using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CountingKit.Testing;

/// <summary>
/// xUnit, but for one thing: classes begin in the order that their project's orderer gives. By itself it hands all of them to the
/// thread pool at once, and one that is overtaken there begins last, when the machine has nothing else to do.
/// </summary>
public sealed class TestsInOrder(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink sink,
        ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, sink, options)
    {
        private readonly Lock gate = new();
        private Dictionary<Guid, TaskCompletionSource> turns = [];
        private Queue<TaskCompletionSource> waiting = [];

        protected override Task<RunSummary> RunTestCollectionsAsync(IMessageBus messageBus, CancellationTokenSource cancellation)
        {
            var order = OrderTestCollections().Select(collection => collection.Item1.UniqueID).ToList();
            turns = order.ToDictionary(id => id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            waiting = new(order.Select(id => turns[id]));
            for (var places = ExecutionOptions.MaxParallelThreadsOrDefault(); places > 0; places--) NextBegins();
            return base.RunTestCollectionsAsync(messageBus, cancellation);
        }

        protected override async Task<RunSummary> RunTestCollectionAsync(
            IMessageBus messageBus, ITestCollection collection, IEnumerable<IXunitTestCase> testCases,
            CancellationTokenSource cancellation)
        {
            await turns[collection.UniqueID].Task;
            try
            {
                return await base.RunTestCollectionAsync(messageBus, collection, testCases, cancellation);
            }
            finally
            {
                NextBegins();
            }
        }

        private void NextBegins()
        {
            lock (gate)
                if (waiting.TryDequeue(out var next)) next.SetResult();
        }
    }
}
