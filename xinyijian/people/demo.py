"""Who can sign in to the demo. This is the one list: the loader, the sign-in page and `demo_signins` read it."""
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import Role

PASSWORD = "xinyijian-demo-2026"  # of every account below, which exist in demo mode only


@dataclass(frozen=True, slots=True)
class Account:
    """One demo user: a person (by insurance number) or somebody's post (at an organisation, by code)."""

    username: str
    name: str
    words: str  # who this is, for the reader of the list
    phone: str = ""
    person: str = ""
    role: str = ""
    organisation: str = ""
    superuser: bool = False


NOBODY = Account("", "", "")
ACCOUNTS = (
    Account("lan", "李晓兰", _("insured person, credit excellent; acts for her mother"), "19900000001", "439901000000102"),
    Account("mother", "王桂英", _("her mother, 76, benefits through the daughter"), "19900000002", "439901000000104"),
    Account("father", "李建国", _("her father; shares a phone with the mother"), "19900000002", "439901000000105"),
    Account("husband", "陈志远", _("her husband"), "19900000003", "439901000000107"),
    Account("husband-mother", "罗玉珍", _("the husband's mother; her family link waits for the clerk"), "19900000009", "439901000000118"),
    Account("stranger", "周明", _("insured person without a relative of excellent credit"), "19900000004", "439901000000109"),
    Account("neighbour", "何秀琴", _("insured person of the next county"), "19900000006", "439902000000110"),
    Account("jiangsu", "沈玉芬", _("insured person in the Jiangsu region"), "19900000005", "329901000000112"),
    Account("jiangsu-son", "沈建平", _("her son, in one mutual-aid group with her: may file for her"), "19900000007", "329901000000113"),
    Account("jiangsu-sister", "沈玉兰", _("her sister, authorised but in no group with her"), "19900000008", "329901000000114"),
    Account("clerk", "张敏", _("clerk of the county bureau"), role=Role.CLERK, organisation="YB439901"),
    Account("clerk2", "罗勇", _("second clerk of the county bureau"), role=Role.CLERK, organisation="YB439901"),
    Account("officer", "谭丽", _("officer of the county bureau"), role=Role.OFFICER, organisation="YB439901"),
    Account("officer2", "邓军", _("second officer of the county bureau"), role=Role.OFFICER, organisation="YB439901"),
    Account("counter", "刘芳", _("counter clerk of the county bureau"), role=Role.COUNTER, organisation="YB439901"),
    Account("clerk-next", "彭辉", _("clerk of the next county"), role=Role.CLERK, organisation="YB439902"),
    Account("clerk-jiangsu", "顾婷", _("clerk in the Jiangsu region"), role=Role.CLERK, organisation="YB329901"),
    Account("officer-jiangsu", "许宁", _("officer in the Jiangsu region, where self-service machines may file"), role=Role.OFFICER,
            organisation="YB329901"),
    Account("hospital-a", "唐静", _("insurance office of the county hospital"), role=Role.INSURANCE_OFFICE, organisation="H43990100001"),
    Account("hospital-b", "袁杰", _("insurance office of the other hospital"), role=Role.INSURANCE_OFFICE, organisation="H43990100002"),
    Account("physician", "曾医生", _("physician at the county hospital"), role=Role.PHYSICIAN, organisation="H43990100001"),
    Account("physician-b", "方医生", _("physician at the other hospital"), role=Role.PHYSICIAN, organisation="H43990100002"),
    Account("head", "石主任", _("department head at the county hospital"), role=Role.DEPARTMENT_HEAD, organisation="H43990100001"),
    Account("drug-doctor", "夏医生", _("special-drug physician at the county hospital"), role=Role.DRUG_PHYSICIAN,
            organisation="H43990100001"),
    Account("expert", "贺专家", _("review expert at the county hospital"), role=Role.EXPERT, organisation="H43990100001"),
    Account("expert2", "龙专家", _("second review expert at the county hospital"), role=Role.EXPERT, organisation="H43990100001"),
    Account("family-doctor", "文医生", _("family doctor at the county hospital"), role=Role.FAMILY_DOCTOR, organisation="H43990100001"),
    Account("escort", "易护士", _("escort at the county hospital"), role=Role.ESCORT, organisation="H43990100001"),
    Account("hospital-admin", "金主管", _("administrator of the county hospital"), role=Role.HOSPITAL_ADMIN, organisation="H43990100001"),
    Account("pharmacy", "毛药师", _("staff of the pharmacy"), role=Role.PHARMACY, organisation="P43990100001"),
    Account("bank", "钱经理", _("staff of the bank"), role=Role.BANK, organisation="BK439901"),
    Account("auditor", "郭审", _("auditor of the city"), role=Role.AUDITOR, organisation="YB439900"),
    Account("system-admin", "成系统", _("system administrator of the county bureau"), role=Role.SYSTEM_ADMIN, organisation="YB439901"),
    Account("security-admin", "安全员", _("security administrator of the county bureau"), role=Role.SECURITY_ADMIN,
            organisation="YB439901"),
    Account("audit-admin", "申审计", _("audit administrator of the county bureau"), role=Role.AUDIT_ADMIN, organisation="YB439901"),
    Account("admin", "管理员", _("administrator of the whole system"), superuser=True),
)

NEWCOMERS = (  # with whose invented data registration can be tried: name, certificate, phone, why
    ("吴春梅", "439901198305061227", "19900000029", _("the roster has this phone: the code is enough")),
    ("孙晓梅", "439901199202173124", "", _("any phone; known to the insurance platform only: also asks for the insurance code")),
    ("ANNA SAMPLE", "X00000001", "", _("foreign passport, any phone; also asks for the insurance code")),
)


def account(username: str) -> Account:
    """The demo account of that name, or an empty one."""
    return next((one for one in ACCOUNTS if one.username == username), NOBODY)
