#nullable disable
using Google.Apis.Services;
using Google.Apis.Util;
using File = Google.Apis.Drive.v3.Data.File;

namespace Google.Apis.Drive.v3;

public partial class FilesResource
{
    public virtual CreateRequest Create(File body) => new(service, body);

    public virtual UpdateRequest Update(File body, string fileId) => new(service, body, fileId);

    /// <summary>Creates a file without content.</summary>
    public class CreateRequest : DriveBaseServiceRequest<File>
    {
        public CreateRequest(IClientService service, File body) : base(service)
        {
            Body = body;
            InitParameters();
        }

        [RequestParameter("supportsAllDrives", RequestParameterType.Query)]
        public virtual bool? SupportsAllDrives { get; set; }

        public override string MethodName => "create";
        public override string HttpMethod => "POST";
        public override string RestPath => "files";
        private File Body { get; }

        protected override object GetBody() => Body;

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("query", "supportsAllDrives");
        }
    }

    /// <summary>Changes what is known of a file, or moves it.</summary>
    public class UpdateRequest : DriveBaseServiceRequest<File>
    {
        public UpdateRequest(IClientService service, File body, string fileId) : base(service)
        {
            FileId = fileId;
            Body = body;
            InitParameters();
        }

        [RequestParameter("fileId", RequestParameterType.Path)]
        public virtual string FileId { get; private set; }

        [RequestParameter("addParents", RequestParameterType.Query)]
        public virtual string AddParents { get; set; }

        [RequestParameter("removeParents", RequestParameterType.Query)]
        public virtual string RemoveParents { get; set; }

        [RequestParameter("supportsAllDrives", RequestParameterType.Query)]
        public virtual bool? SupportsAllDrives { get; set; }

        public override string MethodName => "update";
        public override string HttpMethod => "PATCH";
        public override string RestPath => "files/{fileId}";
        private File Body { get; }

        protected override object GetBody() => Body;

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("path", "fileId");
            Declare("query", "addParents", "removeParents", "supportsAllDrives");
        }
    }
}
