from core.accounts.templatetags.addresses import breakable


def test_an_address_may_break_after_its_at_sign():
    said = breakable("Helen Marsh, helen.marsh@northmoor.example")
    assert said == "Helen Marsh, helen.marsh@<wbr>northmoor.example"


def test_what_people_have_typed_is_escaped():
    assert breakable("<b>@</b>") == "&lt;b&gt;@<wbr>&lt;/b&gt;"
