#nullable disable
using Google.Apis.Drive.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;
using File = Google.Apis.Drive.v3.Data.File;

namespace Google.Apis.Drive.v3;

/// <summary>Files in Drive.</summary>
public partial class FilesResource(IClientService service)
{
    public virtual GetRequest Get(string fileId) => new(service, fileId);

    public virtual ListRequest List() => new(service);

    /// <summary>One file. Without <c>fields</c> the answer holds id, name and type alone.</summary>
    public class GetRequest : DriveBaseServiceRequest<File>
    {
        public GetRequest(IClientService service, string fileId) : base(service)
        {
            FileId = fileId;
            InitParameters();
        }

        [RequestParameter("fileId", RequestParameterType.Path)]
        public virtual string FileId { get; private set; }

        [RequestParameter("supportsAllDrives", RequestParameterType.Query)]
        public virtual bool? SupportsAllDrives { get; set; }

        public override string MethodName => "get";
        public override string HttpMethod => "GET";
        public override string RestPath => "files/{fileId}";

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("path", "fileId");
            Declare("query", "supportsAllDrives");
        }
    }

    /// <summary>Files that match a query, a page at a time.</summary>
    public class ListRequest : DriveBaseServiceRequest<FileList>
    {
        public ListRequest(IClientService service) : base(service)
        {
            InitParameters();
        }

        [RequestParameter("corpora", RequestParameterType.Query)]
        public virtual string Corpora { get; set; }

        [RequestParameter("driveId", RequestParameterType.Query)]
        public virtual string DriveId { get; set; }

        [RequestParameter("includeItemsFromAllDrives", RequestParameterType.Query)]
        public virtual bool? IncludeItemsFromAllDrives { get; set; }

        [RequestParameter("orderBy", RequestParameterType.Query)]
        public virtual string OrderBy { get; set; }

        [RequestParameter("pageSize", RequestParameterType.Query)]
        public virtual int? PageSize { get; set; }

        [RequestParameter("pageToken", RequestParameterType.Query)]
        public virtual string PageToken { get; set; }

        [RequestParameter("q", RequestParameterType.Query)]
        public virtual string Q { get; set; }

        [RequestParameter("spaces", RequestParameterType.Query)]
        public virtual string Spaces { get; set; }

        [RequestParameter("supportsAllDrives", RequestParameterType.Query)]
        public virtual bool? SupportsAllDrives { get; set; }

        public override string MethodName => "list";
        public override string HttpMethod => "GET";
        public override string RestPath => "files";

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("query", "corpora", "driveId", "includeItemsFromAllDrives", "orderBy",
                "pageSize", "pageToken", "q", "spaces", "supportsAllDrives");
        }
    }
}
