# Types of several levels with optional attributes, and values that leave some of them out.

variable "v0" {
  type    = object({ b = optional(object({ c = set(number) }), { c = [null, "2"] }), e = any, a = optional(string) })
  default = { e = "s" }
}
output "o0" { value = jsonencode(var.v0) }

variable "v1" {
  type    = list(object({ a = optional(object({ c = optional(any, {}), a = string }), { c = true, a = "x" }) }))
  default = [{ a = { c = ["a"], a = "" } }, { a = { c = ["a"], a = "" } }, { a = { c = ["a"], a = "" } }]
}
output "o1" { value = jsonencode(var.v1) }

variable "v2" {
  type     = set(bool)
  default  = ["false", null, true]
  nullable = false
}
output "o2" { value = jsonencode(var.v2) }

variable "v3" {
  type     = map(any)
  default  = { k0 = { q = 1 }, k1 = { q = 1 }, k2 = { q = 1 } }
  nullable = false
}
output "o3" { value = jsonencode(var.v3) }

variable "v4" {
  type    = object({ a = any, e = list(set(number)) })
  default = { a = 1, e = [], zz = 1 }
}
output "o4" { value = jsonencode(var.v4) }

variable "v5" {
  type    = tuple([object({ d = set(bool), c = object({ e = string }), e = optional(string), a = optional(tuple([any, any])) }), object({ b = optional(object({ e = optional(number, 0) }), { e = "1e3" }), d = optional(map(bool)), e = optional(object({ a = optional(number), c = string, d = optional(string) }), { a = "2", c = "", d = 1.50 }), c = optional(tuple([bool, any]), [true, null]) })])
  default = [{ d = [], c = { e = true }, a = [true, {}] }, { e = { a = null, c = "", d = 5 } }]
}
output "o5" { value = jsonencode(var.v5) }

variable "v6" {
  type     = map(object({ d = optional(bool, "true"), a = any }))
  default  = { k0 = { a = 1 } }
  nullable = false
}
output "o6" { value = jsonencode(var.v6) }

variable "v7" {
  type    = object({ c = object({ d = map(bool) }), d = optional(any), a = optional(map(list(string)), { k0 = [true, "7", 5], k1 = null }) })
  default = { c = { d = { k0 = true, k1 = "false", k2 = "true" } }, d = true, zz = 1 }
}
output "o7" { value = jsonencode(var.v7) }

variable "v8" {
  type    = map(string)
  default = { k0 = "", k1 = true }
}
output "o8" { value = jsonencode(var.v8) }

variable "v9" {
  type     = set(any)
  default  = []
  nullable = false
}
output "o9" { value = jsonencode(var.v9) }

variable "v10" {
  type    = object({ a = optional(bool) })
  default = { a = "true" }
}
output "o10" { value = jsonencode(var.v10) }

variable "v11" {
  type    = object({ e = optional(object({ b = bool, e = optional(map(number)) })) })
  default = { e = { b = "false", e = {} }, zz = 1 }
}
output "o11" { value = jsonencode(var.v11) }

variable "v12" {
  type     = object({ c = list(string), e = optional(object({ e = optional(list(number), [-3.5, "2", "2"]), a = optional(object({ c = any })) }), { zz = 1 }), b = optional(bool, "false") })
  default  = { c = [], e = { e = [null, -3.5, "2"] }, b = "true" }
  nullable = false
}
output "o12" { value = jsonencode(var.v12) }

variable "v13" {
  type    = object({ a = optional(number), b = optional(object({ a = optional(object({ a = optional(any, 1), e = number })), d = optional(bool, false) }), {}), d = list(string) })
  default = { d = ["7"] }
}
output "o13" { value = jsonencode(var.v13) }

variable "v14" {
  type    = object({ d = list(list(number)), e = any })
  default = { d = [[0], ["1e3"]], e = null, zz = 1 }
}
output "o14" { value = jsonencode(var.v14) }

variable "v15" {
  type     = object({ d = optional(object({ d = list(any), a = optional(object({ a = optional(string) }), { a = "x" }) })), c = optional(object({ a = list(bool), e = optional(bool), b = optional(object({ d = optional(string, 5) }), { d = "x" }) })), a = optional(object({ b = optional(any, ["a"]), e = optional(any), c = optional(object({ a = optional(number) }), { a = 0 }) }), { b = ["a"], e = { q = 1 } }) })
  default  = { d = { d = null, a = null, zz = 1 }, c = { a = [false, false], e = true, zz = 1 } }
  nullable = false
}
output "o15" { value = jsonencode(var.v15) }

variable "v16" {
  type    = map(any)
  default = { k0 = { q = 1 } }
}
output "o16" { value = jsonencode(var.v16) }

variable "v17" {
  type    = object({ a = optional(object({ b = optional(string, 1.50), d = optional(map(any)) })), b = bool, c = string, e = optional(map(string)) })
  default = { a = { b = "x" }, b = "true", c = true }
}
output "o17" { value = jsonencode(var.v17) }

variable "v18" {
  type     = tuple([object({ b = optional(object({ a = any, e = number, d = optional(any) })) }), number])
  default  = [{ b = { a = "s", e = 0 } }, null]
  nullable = false
}
output "o18" { value = jsonencode(var.v18) }

variable "v19" {
  type    = list(object({ e = optional(map(string), { k0 = "", k1 = 5 }) }))
  default = null
}
output "o19" { value = jsonencode(var.v19) }

variable "v20" {
  type    = tuple([tuple([bool])])
  default = null
}
output "o20" { value = jsonencode(var.v20) }

variable "v21" {
  type    = list(number)
  default = [null, "1e3", 1]
}
output "o21" { value = jsonencode(var.v21) }

variable "v22" {
  type    = list(object({ b = set(any) }))
  default = [{ b = [1, 1] }, { b = [1, 1] }]
}
output "o22" { value = jsonencode(var.v22) }

variable "v23" {
  type     = object({ e = map(object({ e = optional(bool, false), d = optional(bool, true) })), b = tuple([list(any), map(string), set(number)]), d = optional(object({ b = optional(list(bool), ["false"]), d = optional(object({ e = optional(any, []) }), {}), e = optional(list(any), []) }), {}), c = list(number) })
  default  = { e = {}, b = [null, null, [1, 0]], d = { d = { e = true } }, c = [1, 0] }
  nullable = false
}
output "o23" { value = jsonencode(var.v23) }

variable "v24" {
  type     = set(bool)
  default  = [null]
  nullable = false
}
output "o24" { value = jsonencode(var.v24) }

variable "v25" {
  type    = object({ d = optional(list(any)), c = optional(object({ b = tuple([any]), c = list(any), a = optional(list(bool), []) }), { b = [null], c = [], a = [null] }), b = optional(string, 5), e = optional(any) })
  default = { d = [], e = [] }
}
output "o25" { value = jsonencode(var.v25) }

variable "v26" {
  type     = map(any)
  default  = { k0 = { q = 1 } }
  nullable = false
}
output "o26" { value = jsonencode(var.v26) }

variable "v27" {
  type    = object({ d = optional(string, "x") })
  default = { d = 5 }
}
output "o27" { value = jsonencode(var.v27) }

variable "v28" {
  type    = object({ d = object({ e = optional(map(string)) }), e = optional(object({ d = optional(number), a = bool }), { a = true }), a = optional(number, 0) })
  default = { d = { e = {}, zz = 1 } }
}
output "o28" { value = jsonencode(var.v28) }

variable "v29" {
  type    = list(string)
  default = null
}
output "o29" { value = jsonencode(var.v29) }

variable "v30" {
  type    = object({ d = optional(object({ e = optional(list(string), ["x", null]), d = optional(bool), b = optional(map(bool)) }), { e = ["7"], b = { k0 = true, k1 = "true", k2 = null } }), c = optional(list(list(bool)), [["true", true], []]) })
  default = { d = { d = "false", b = { k0 = "true", k1 = "false" }, zz = 1 }, zz = 1 }
}
output "o30" { value = jsonencode(var.v30) }

variable "v31" {
  type     = object({ c = object({ d = optional(object({ b = optional(any, []), a = any })) }), e = optional(any, { q = 1 }), d = object({ e = optional(list(bool)) }) })
  default  = { c = {}, d = {} }
  nullable = false
}
output "o31" { value = jsonencode(var.v31) }

variable "v32" {
  type    = tuple([object({ e = any, d = optional(list(number), [1]), b = optional(list(bool), [true, false, "true"]) }), string])
  default = [{ e = null, d = [1], b = [false] }, 1.50]
}
output "o32" { value = jsonencode(var.v32) }

variable "v33" {
  type    = object({ e = optional(tuple([list(number), map(string)])), b = optional(map(object({ a = optional(string), c = optional(string, 1.50), b = optional(any) })), {}), c = object({ a = optional(object({ b = any, c = any, e = string, d = optional(string) }), { b = true, c = { q = 1 }, e = "x", d = "7" }), b = number, c = bool, d = object({ b = optional(bool, "false"), d = optional(number, 0) }) }) })
  default = { e = [["1e3", 1], { k0 = 5 }], b = null, c = { a = { b = null, c = null, e = "7" }, b = 0, c = true, d = { zz = 1 } } }
}
output "o33" { value = jsonencode(var.v33) }

variable "v34" {
  type    = list(string)
  default = ["x"]
}
output "o34" { value = jsonencode(var.v34) }

variable "v35" {
  type     = object({ d = any, a = optional(object({ b = optional(object({ d = optional(bool) })), c = list(number) }), { b = { d = "true" }, c = ["1e3", null] }) })
  default  = { d = {}, a = { b = { zz = 1 }, c = [1] } }
  nullable = false
}
output "o35" { value = jsonencode(var.v35) }

variable "v36" {
  type     = list(list(object({ a = optional(bool), c = any, b = optional(any, { q = 1 }), e = string })))
  default  = []
  nullable = false
}
output "o36" { value = jsonencode(var.v36) }

variable "v37" {
  type    = map(object({ c = bool, b = optional(list(string), []) }))
  default = { k0 = { c = null, b = ["7", true, true] }, k1 = { c = "true", b = [true, ""] } }
}
output "o37" { value = jsonencode(var.v37) }

variable "v38" {
  type    = map(string)
  default = { k0 = true, k1 = "" }
}
output "o38" { value = jsonencode(var.v38) }

variable "v39" {
  type    = object({ c = number, a = number, d = list(set(any)) })
  default = { c = 0, a = -3.5, d = [["s"], ["s"]] }
}
output "o39" { value = jsonencode(var.v39) }

variable "v40" {
  type    = list(map(tuple([bool, any])))
  default = [{ k0 = ["false", ["a"]], k1 = ["false", ["a"]] }, { k0 = ["false", ["a"]], k1 = ["false", ["a"]] }]
}
output "o40" { value = jsonencode(var.v40) }

variable "v41" {
  type     = list(map(list(string)))
  default  = [{ k0 = null, k1 = [true, null] }]
  nullable = false
}
output "o41" { value = jsonencode(var.v41) }

variable "v42" {
  type    = object({ a = optional(any), d = string, b = optional(map(string), {}) })
  default = null
}
output "o42" { value = jsonencode(var.v42) }

variable "v43" {
  type     = set(list(map(bool)))
  default  = [[{ k0 = "true" }], [{ k0 = "true", k1 = true }, {}, { k0 = "true", k1 = "false" }]]
  nullable = false
}
output "o43" { value = jsonencode(var.v43) }

variable "v44" {
  type     = object({ e = optional(object({ c = optional(object({ b = optional(number, -3.5) })), b = optional(string, "x") })), d = optional(number, "1e3") })
  default  = { zz = 1 }
  nullable = false
}
output "o44" { value = jsonencode(var.v44) }

variable "v45" {
  type    = list(list(object({ d = optional(bool), c = optional(number, 1) })))
  default = []
}
output "o45" { value = jsonencode(var.v45) }

variable "v46" {
  type    = object({ c = optional(number), b = optional(number), e = optional(object({ c = optional(list(number)) }), { c = [] }) })
  default = {}
}
output "o46" { value = jsonencode(var.v46) }

variable "v47" {
  type     = object({ d = optional(any, ["a"]), e = optional(object({ e = optional(set(bool), ["false"]) })), b = optional(object({ c = optional(list(number), [null, 0, "1e3"]), a = optional(tuple([string, bool, number])), d = optional(string, "x"), e = optional(map(string), { k0 = 5 }) }), { a = [5, "true", "2"] }) })
  default  = { e = {} }
  nullable = false
}
output "o47" { value = jsonencode(var.v47) }

variable "v48" {
  type    = object({ c = object({ b = number, e = map(any), d = optional(object({ b = optional(any, true), a = string })), c = number }), e = optional(object({ d = optional(list(string)), b = optional(object({ a = optional(number, 1), c = bool })), a = optional(bool, false), c = object({ d = optional(bool), e = optional(number) }) })), d = string, b = any })
  default = { c = null, d = "", b = { q = 1 } }
}
output "o48" { value = jsonencode(var.v48) }

variable "v49" {
  type    = object({ a = optional(any, true) })
  default = {}
}
output "o49" { value = jsonencode(var.v49) }

variable "v50" {
  type     = object({ d = optional(string), a = optional(object({ c = map(bool), d = string })), e = optional(list(bool), [true, true, false]), c = optional(map(set(string)), { k0 = [], k1 = ["7", true], k2 = ["x", true] }) })
  default  = { a = { c = { k0 = false, k1 = null, k2 = true }, d = null, zz = 1 } }
  nullable = false
}
output "o50" { value = jsonencode(var.v50) }

variable "v51" {
  type    = object({ c = optional(set(any)) })
  default = { c = null }
}
output "o51" { value = jsonencode(var.v51) }

variable "v52" {
  type    = map(list(number))
  default = {}
}
output "o52" { value = jsonencode(var.v52) }

variable "v53" {
  type    = tuple([list(any), object({ c = map(number), a = object({ a = optional(any) }), b = optional(list(string)), d = optional(bool, false) }), map(number)])
  default = [[{}], { c = {}, a = { a = 1 }, b = ["7", 1.50, "x"] }, { k0 = "2", k1 = -3.5, k2 = "1e3" }]
}
output "o53" { value = jsonencode(var.v53) }

variable "v54" {
  type     = list(object({ d = optional(set(bool)), a = optional(set(any)) }))
  default  = [{ d = [true] }]
  nullable = false
}
output "o54" { value = jsonencode(var.v54) }

variable "v55" {
  type    = list(any)
  default = [["a"], ["a"]]
}
output "o55" { value = jsonencode(var.v55) }

variable "v56" {
  type    = object({ d = optional(object({ b = optional(string, ""), e = optional(object({ b = number, a = number, d = optional(number) })) }), { b = true, e = { b = "1e3", a = -3.5, zz = 1 } }), c = optional(map(any), { k0 = 1, k1 = 1, k2 = 1 }), e = optional(number, 0) })
  default = { d = { e = { b = -3.5, a = null } } }
}
output "o56" { value = jsonencode(var.v56) }

variable "v57" {
  type    = tuple([bool, tuple([string, map(any), list(any)]), set(number)])
  default = [true, null, [null]]
}
output "o57" { value = jsonencode(var.v57) }

variable "v58" {
  type     = object({ b = map(object({ d = optional(number), a = bool })), e = optional(list(object({ d = optional(number), b = optional(bool, "true"), c = optional(any), e = optional(any, true) })), [{ d = "1e3", b = "true", c = 1, e = true }]), d = optional(any, "s"), a = optional(string) })
  default  = { b = { k0 = { a = "false" }, k1 = { d = "1e3", a = false } }, e = [{ d = null, b = "true" }, { d = null, b = "true" }, { d = null, b = "true" }], d = ["a"], a = true }
  nullable = false
}
output "o58" { value = jsonencode(var.v58) }

variable "v59" {
  type     = map(map(number))
  default  = { k0 = null, k1 = { k0 = -3.5 }, k2 = { k0 = "2", k1 = -3.5, k2 = "1e3" } }
  nullable = false
}
output "o59" { value = jsonencode(var.v59) }

variable "v60" {
  type     = list(object({ d = optional(bool, "true"), a = list(number), e = optional(object({ d = optional(string, "x"), b = optional(bool), a = optional(string), c = string }), { c = true }), b = string }))
  default  = [null, { a = ["1e3", "2"], b = true, zz = 1 }, { a = ["1e3", 1, 1], b = "7" }]
  nullable = false
}
output "o60" { value = jsonencode(var.v60) }

variable "v61" {
  type    = object({ d = optional(object({ b = string })), c = optional(object({ c = optional(list(bool), []), b = object({ a = optional(number, -3.5) }), e = string }), { c = [], b = {}, e = "x" }), a = string })
  default = { d = { b = null }, c = { c = [], b = {}, e = null }, a = true }
}
output "o61" { value = jsonencode(var.v61) }

variable "v62" {
  type    = list(list(set(any)))
  default = []
}
output "o62" { value = jsonencode(var.v62) }

variable "v63" {
  type    = object({ d = optional(tuple([object({ c = optional(bool), b = number }), object({ e = optional(bool), b = optional(number), c = optional(bool, "true") })]), [{ c = false, b = "1e3", zz = 1 }, { b = "1e3" }]), a = bool })
  default = { d = [{ c = false, b = -3.5 }, { e = false, c = "true" }], a = true }
}
output "o63" { value = jsonencode(var.v63) }

variable "v64" {
  type    = object({ b = optional(set(tuple([string, number, any]))) })
  default = { b = [[null, -3.5, ["a"]], [null, -3.5, ["a"]]] }
}
output "o64" { value = jsonencode(var.v64) }

variable "v65" {
  type     = object({ c = optional(bool) })
  default  = {}
  nullable = false
}
output "o65" { value = jsonencode(var.v65) }

variable "v66" {
  type     = list(any)
  default  = [["a"], ["a"]]
  nullable = false
}
output "o66" { value = jsonencode(var.v66) }

variable "v67" {
  type     = map(string)
  default  = {}
  nullable = false
}
output "o67" { value = jsonencode(var.v67) }

variable "v68" {
  type     = list(tuple([map(any)]))
  default  = [[{}], [{}], [{}]]
  nullable = false
}
output "o68" { value = jsonencode(var.v68) }

variable "v69" {
  type    = object({ c = optional(map(list(any)), { k0 = [], k1 = [] }), b = list(object({ c = optional(any), d = optional(number), b = optional(any, { q = 1 }) })), e = map(list(string)) })
  default = { b = [{ c = "s", d = 1 }, { c = "s", d = 1 }, { c = "s", d = 1 }], e = {} }
}
output "o69" { value = jsonencode(var.v69) }

variable "v70" {
  type    = object({ b = optional(string), c = optional(object({ a = optional(bool, true) }), { zz = 1 }), a = object({ b = optional(string), a = map(string), c = number }) })
  default = { b = "7", c = {}, a = { a = { k0 = true, k1 = "" }, c = null } }
}
output "o70" { value = jsonencode(var.v70) }

variable "v71" {
  type     = tuple([object({ c = optional(object({ c = optional(any, []), b = optional(any, []) })), d = list(any), a = object({ e = optional(any, []), c = optional(bool, false) }) })])
  default  = [{ d = [{}, {}], a = { e = true, c = true } }]
  nullable = false
}
output "o71" { value = jsonencode(var.v71) }

variable "v72" {
  type    = map(object({ b = object({ b = optional(string, "") }), a = any, d = string }))
  default = {}
}
output "o72" { value = jsonencode(var.v72) }

variable "v73" {
  type     = object({ b = optional(object({ d = bool, e = optional(bool, "true"), c = any })), c = optional(object({ c = object({ e = optional(any, true) }), d = optional(any, "s"), b = optional(number) }), { c = { e = null }, b = 0 }), e = optional(tuple([object({ e = string, c = optional(number) })]), [{ e = 5, c = "2" }]), a = object({ e = optional(object({ e = number, b = optional(number), a = optional(number), d = bool })), a = optional(object({ e = optional(number), c = optional(string, "7"), d = bool, b = number }), { e = "1e3", c = 5, d = "false", b = "1e3" }), c = bool }) })
  default  = { c = { c = {}, d = [], b = 1 }, e = [{ e = null, c = 1 }], a = { e = { e = -3.5, b = 1, d = false }, c = true } }
  nullable = false
}
output "o73" { value = jsonencode(var.v73) }

variable "v74" {
  type     = map(set(object({ a = optional(number), d = number, b = optional(any, {}) })))
  default  = { k0 = [{ d = "1e3" }] }
  nullable = false
}
output "o74" { value = jsonencode(var.v74) }

variable "v75" {
  type    = set(number)
  default = [1, 0, -3.5]
}
output "o75" { value = jsonencode(var.v75) }

variable "v76" {
  type    = object({ a = object({ c = optional(map(any)), b = optional(list(string)) }) })
  default = null
}
output "o76" { value = jsonencode(var.v76) }

variable "v77" {
  type    = object({ b = optional(any), a = optional(object({ e = optional(number), d = optional(map(number)), a = optional(map(number)), c = object({ c = optional(bool, "false"), b = optional(bool, "true"), a = optional(number, 1) }) }), { a = { k0 = -3.5 }, c = { c = "true", b = true, a = null, zz = 1 } }) })
  default = { b = { q = 1 } }
}
output "o77" { value = jsonencode(var.v77) }

variable "v78" {
  type    = object({ a = set(object({ e = optional(string, 5) })), b = optional(tuple([list(number), string, any])), e = optional(tuple([object({ d = number, b = optional(number, -3.5), e = string }), map(any)]), [{ d = 0, e = "" }, { k0 = "s" }]), c = optional(object({ d = optional(number, 0), c = map(string) }), { d = "1e3", c = null, zz = 1 }) })
  default = null
}
output "o78" { value = jsonencode(var.v78) }

variable "v79" {
  type    = list(object({ c = object({ a = optional(string), c = optional(number) }), a = optional(set(number), []), b = number }))
  default = [{ c = { a = "x", c = 0 }, a = ["1e3", null], b = -3.5 }]
}
output "o79" { value = jsonencode(var.v79) }

variable "v80" {
  type    = set(map(string))
  default = [{ k0 = "", k1 = "7", k2 = "x" }, { k0 = true }]
}
output "o80" { value = jsonencode(var.v80) }

variable "v81" {
  type     = object({ b = optional(set(object({ e = optional(any), a = optional(string, true) })), [{ e = ["a"] }, { e = ["a"] }, { e = ["a"] }]) })
  default  = {}
  nullable = false
}
output "o81" { value = jsonencode(var.v81) }

variable "v82" {
  type    = list(bool)
  default = ["false"]
}
output "o82" { value = jsonencode(var.v82) }

variable "v83" {
  type    = object({ c = optional(map(string), {}), d = tuple([any, tuple([any, string])]) })
  default = { c = null, d = [{}, ["s", "x"]] }
}
output "o83" { value = jsonencode(var.v83) }

variable "v84" {
  type    = object({ a = object({ d = optional(bool, false) }) })
  default = { a = { zz = 1 } }
}
output "o84" { value = jsonencode(var.v84) }

variable "v85" {
  type     = map(number)
  default  = { k0 = 0, k1 = null, k2 = -3.5 }
  nullable = false
}
output "o85" { value = jsonencode(var.v85) }

variable "v86" {
  type    = set(list(object({ d = optional(number), c = number })))
  default = [[{ d = "2", c = 0 }, { d = null, c = "2" }, { c = "1e3" }]]
}
output "o86" { value = jsonencode(var.v86) }

variable "v87" {
  type     = object({ d = optional(list(set(number)), []), b = optional(set(tuple([bool, any, bool])), []) })
  default  = { b = [["true", {}, "false"]] }
  nullable = false
}
output "o87" { value = jsonencode(var.v87) }

variable "v88" {
  type    = object({ a = number, c = optional(list(map(any)), [{ k0 = ["a"], k1 = ["a"] }]) })
  default = { a = "2", c = [] }
}
output "o88" { value = jsonencode(var.v88) }

variable "v89" {
  type    = object({ b = list(bool), c = map(list(number)), d = object({ a = optional(object({ e = number, b = optional(any, []), a = bool }), { e = null, b = ["a"], a = true }) }) })
  default = { b = ["false", "false"], c = { k0 = null }, d = {} }
}
output "o89" { value = jsonencode(var.v89) }
