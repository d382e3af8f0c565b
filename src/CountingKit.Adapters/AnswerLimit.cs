using System.Net;

namespace CountingKit.Adapters;

/// <summary>
/// Bounds what is taken of a vendor's answer, in unpacked bytes: a small answer can unpack to more than memory holds. Sits
/// above whatever unpacks. What an error says is only taken as far as that; its status tells enough.
/// </summary>
internal sealed class AnswerLimit(long most) : DelegatingHandler
{
    /// <summary>For pages of records and ranges of cells; what is at the limit still fits a buffer of 64 MB.</summary>
    public const int OfData = 64 * 1024 * 1024 - 1;

    /// <summary>For tokens, lists of connections and errors.</summary>
    public const int OfAnythingElse = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.Content = response.IsSuccessStatusCode
            ? new Limited(response.Content, most, isCut: false)
            : new Limited(response.Content, Math.Min(most, OfAnythingElse), isCut: true);
        return response;
    }

    private sealed class Limited : HttpContent
    {
        private readonly HttpContent content;
        private readonly long most;
        private readonly bool isCut;

        public Limited(HttpContent content, long most, bool isCut)
        {
            (this.content, this.most, this.isCut) = (content, most, isCut);
            foreach (var header in content.Headers.NonValidated)
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var unpacked = await CreateContentReadStreamAsync();
            await unpacked.CopyToAsync(stream);
        }

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var unpacked = await CreateContentReadStreamAsync(cancellationToken);
            await unpacked.CopyToAsync(stream, cancellationToken);
        }

        protected override Task<Stream> CreateContentReadStreamAsync() =>
            CreateContentReadStreamAsync(CancellationToken.None);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new LimitedStream(await content.ReadAsStreamAsync(cancellationToken), most, isCut);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <param name="isCut">At the limit it ends; else it throws.</param>
    private sealed class LimitedStream(Stream unpacked, long most, bool isCut) : Stream
    {
        private long taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Counted(unpacked.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Counted(await unpacked.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) unpacked.Dispose();
            base.Dispose(disposing);
        }

        private int Counted(int read)
        {
            taken += read;
            if (taken <= most) return read;
            if (!isCut) throw new AnswerTooLargeException(most);
            var last = (int)Math.Max(0, read - (taken - most));
            taken = most;
            return last;
        }
    }
}

/// <summary>A vendor's answer that is larger than is taken.</summary>
internal sealed class AnswerTooLargeException(long most) : IOException($"The answer has more than {most} bytes.")
{
    /// <summary>Whether that is what stands behind a failure to read an answer.</summary>
    public static bool IsBehind(Exception thrown) =>
        thrown is AnswerTooLargeException || (thrown.InnerException is { } inner && IsBehind(inner));
}
