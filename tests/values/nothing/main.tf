# Nothing: nulls of a type and of none, empty lists, sets and maps, and splats of them.

variable "any" {
  default = { a = [1, "x"], b = null }
}

variable "empty_list" {
  type    = list(string)
  default = []
}

variable "empty_map" {
  type    = map(string)
  default = {}
}

variable "empty_set" {
  type    = set(number)
  default = []
}

variable "ids" {
  type    = set(string)
  default = ["y", "x"]
}

variable "names" {
  type    = list(string)
  default = ["b", "a", "c"]
}

variable "null_list" {
  type    = list(string)
  default = null
}

variable "null_map" {
  type    = map(number)
  default = null
}

variable "null_number" {
  type    = number
  default = null
}

variable "null_obj" {
  type    = object({ a = number, b = optional(string, "d") })
  default = null
}

variable "null_set" {
  type    = set(string)
  default = null
}

variable "null_text" {
  type    = string
  default = null
}

variable "objs" {
  type = list(object({
    name  = string
    size  = optional(number, 3)
    tags  = optional(map(string), { d = "e" })
    inner = optional(object({ x = optional(bool, true), y = optional(list(string)) }), {})
    none  = optional(string)
  }))
  default = [{ name = "a" }, { name = 2, size = "7", tags = { q = 1 }, inner = { x = "false" }, none = "n" }, { name = "c", size = null, tags = null, inner = null }]
}

variable "tags" {
  type    = map(string)
  default = { b = "2", a = "1" }
}

variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}

locals {
  people = [{ n = "ann", age = 3, t = ["x"] }, { n = "bob", age = 5, t = [] }, { n = "cy", age = 3, t = ["y", "z"] }]
  mixed  = { z = 1, a = "two", m = [3], n = null }
  nested = { k1 = { a = 1 }, k2 = { a = 2 } }
}

output "group_1" {
  value = [
    try([[for x in tolist([null,tolist(["a"])]): x]], "refused"),
    try([coalesce(null,tolist(["a"]))], "refused"),
    try([coalesce(null,{a=1,b="x"})], "refused"),
    try([concat([[1,"a"]],tolist([[]]))], "refused"),
    try([concat([[1,"a"]],tolist([toset(["a"])]))], "refused"),
    try([concat([[]],tolist([{a=null}]))], "refused"),
    try([concat([[null]],tolist([tomap({a=1})]))], "refused"),
    try([concat([null],[tolist(["a"])])], "refused"),
    try([concat([tolist([])],tolist([["a"]]))], "refused"),
    try([concat([toset([])],tolist([tolist([])]))], "refused"),
    try([concat([{a=1,b="x"}],tolist([toset(["a"])]))], "refused"),
    try([concat([{a=1}],tolist([{a=[1]}]))], "refused"),
    try([concat([{a=[1]}],tolist([tomap({})]))], "refused"),
    try([concat([{a=[1]}],tolist([{}]))], "refused"),
    try([concat([{}],tolist([[1]]))], "refused"),
    try([concat(tolist([["a"]]),tolist([[1]]))], "refused"),
    try([concat(tolist([[1,"a"]]),tolist([[{a=1}]]))], "refused"),
    try([concat(tolist([[1,"a"]]),tolist([toset(["a"])]))], "refused"),
    try([concat(tolist([[null]]),tolist([[null]]))], "refused"),
    try([concat(tolist([null]),tolist([[null]]))], "refused"),
    try([concat(tolist([null]),tolist([toset([])]))], "refused"),
    try([concat(tolist([tomap({a=1})]),tolist([[]]))], "refused"),
    try([concat(tolist([{a=1,b="x"}]),tolist([tolist([])]))], "refused"),
    try([concat(tolist([{}]),tolist([{a=1,b="x"}]))], "refused"),
    try([contains([null,["a"]],["a"])], "refused"),
  ]
}

output "group_2" {
  value = [
    try([distinct([null,[1,"a"],[1]])], "refused"),
    try([distinct([null,[1,"a"],[]])], "refused"),
    try([distinct([null,[1,"a"],[{a=1}]])], "refused"),
    try([distinct([null,[1],{a=1}])], "refused"),
    try([distinct([null,[],[1,"a"]])], "refused"),
    try([distinct([null,[null],["a"]])], "refused"),
    try([distinct([null,tolist([]),{a=null}])], "refused"),
    try([distinct([null,{a=1},tolist(["a"])])], "refused"),
    try([element([null,["a"]],1)], "refused"),
    try([flatten([null,[[null]]])], "refused"),
    try([flatten([null,[{a=null}]])], "refused"),
    try([flatten([null,[{}]])], "refused"),
    try([index([null,toset([])],toset([]))], "refused"),
    try([jsonencode(tolist([null,tomap({a=1})]))], "refused"),
    try([jsonencode(toset([null,{a=null}]))], "refused"),
    try([jsonencode(toset([null,{}]))], "refused"),
    try([length(toset([null,toset([]),null]))], "refused"),
    try([lookup({a=null},"b",[])], "refused"),
    try([lookup({a=null},"b",[null])], "refused"),
    try([lookup({a=null},"b",tomap({}))], "refused"),
    try([merge(tomap({a=null}),tomap({b=["a"]}))], "refused"),
    try([merge(tomap({a=null}),tomap({b={a=1}}))], "refused"),
    try([reverse([null,[null]])], "refused"),
    try([setintersection([null,tomap({})],[tomap({})])], "refused"),
    try([setproduct([null],[[{a=1}]])], "refused"),
  ]
}

output "group_3" {
  value = [
    try([setproduct([null],[tomap({})])], "refused"),
    try([setproduct([null],[{a=1,b="x"}])], "refused"),
    try([setunion([null],[tomap({})])], "refused"),
    try([setunion([null],[toset([])])], "refused"),
    try([slice([null,tolist(["a"])],0,2)], "refused"),
    try([tolist([["a"],null])], "refused"),
    try([tolist([null,["a"],["a"]])], "refused"),
    try([tolist([null,[1,"a"]])], "refused"),
    try([tolist([null,[1],[null]])], "refused"),
    try([tolist([null,[null],["a"]])], "refused"),
    try([tolist([null,tolist(["a"]),toset(["a"])])], "refused"),
    try([tolist([null,toset([])]) == tolist([null,toset([])])], "refused"),
    try([tomap({p=null,q=["a"]})], "refused"),
    try([tomap({p=null,q={a=1}})], "refused"),
    try([tomap({p=null,q={}})], "refused"),
    try([toset([[{a=1}],[]])], "refused"),
    try([toset([null,{a=1,b="x"}])], "refused"),
    try([toset([null,{a=null}])], "refused"),
    try([toset([tomap({}),[1,"a"]])], "refused"),
    try([true ? [null,[1,"a"]] : [[1,"a"],[1,"a"]]], "refused"),
    try([true ? [null] : [["a"],["a"]]], "refused"),
    try([zipmap(["a","b"],[null,[null]])], "refused"),
    try([zipmap(["a","b"],[null,[{a=1}]])], "refused"),
    try([zipmap(["a","b"],[null,{a=[1]}])], "refused"),
    try([{for k,v in {a=null,b=[null]}: k=>v}], "refused"),
  ]
}

output "group_4" {
  value = [
    try([coalesce("x",tomap({a="q"}))], "refused"),
    try([coalesce("x",true)], "refused"),
    try([coalesce(0,[])], "refused"),
    try([coalesce(0,tostring(null))], "refused"),
    try([coalesce(1,"x")], "refused"),
    try([coalesce(1,tonumber(null))], "refused"),
    try([coalesce(["a"],var.null_list)], "refused"),
    try([coalesce([1,2],[1,2])], "refused"),
    try([coalesce([1,2],[null])], "refused"),
    try([coalesce([1],[1])], "refused"),
    try([coalesce([],[])], "refused"),
    try([coalesce([],[],{b=1})], "refused"),
    try([coalesce([],null)], "refused"),
    try([coalesce([],toset(["a"]))], "refused"),
    try([coalesce([null],[1])], "refused"),
    try([coalesce([null],tolist([]))], "refused"),
    try([coalesce([null],true)], "refused"),
    try([coalesce(false,["a"])], "refused"),
    try([coalesce(false,[],tomap({a="q"}))], "refused"),
    try([coalesce(null,0,["a"])], "refused"),
    try([coalesce(null,0,true)], "refused"),
    try([coalesce(null,1,false)], "refused"),
    try([coalesce(null,1,toset(["a"]))], "refused"),
    try([coalesce(null,1,true)], "refused"),
    try([coalesce(null,1,{b=1})], "refused"),
  ]
}

output "group_5" {
  value = [
    try([coalesce(null,["a","b"],{b=1})], "refused"),
    try([coalesce(null,["a"],[1,2])], "refused"),
    try([coalesce(null,[1,2])], "refused"),
    try([coalesce(null,[1,2],var.null_list)], "refused"),
    try([coalesce(null,[1,2],{b=1})], "refused"),
    try([coalesce(null,[1],tonumber(null))], "refused"),
    try([coalesce(null,false)], "refused"),
    try([coalesce(null,false,tonumber(null))], "refused"),
    try([coalesce(null,tolist([]),1)], "refused"),
    try([coalesce(null,tolist([]),tostring(null))], "refused"),
    try([coalesce(null,tonumber(null),["a","b"])], "refused"),
    try([coalesce(null,tonumber(null),null)], "refused"),
    try([coalesce(null,tonumber(null),tomap({a="q"}))], "refused"),
    try([coalesce(null,toset(["a"]),["a"])], "refused"),
    try([coalesce(null,tostring(null),[1])], "refused"),
    try([coalesce(null,tostring(null),var.null_list)], "refused"),
    try([coalesce(null,tostring(null),{a="x"})], "refused"),
    try([coalesce(null,tostring(null),{b=1})], "refused"),
    try([coalesce(null,var.null_list,tolist([]))], "refused"),
    try([coalesce(null,{a="x"},tostring(null))], "refused"),
    try([coalesce(null,{a=1},[1,2])], "refused"),
    try([coalesce(null,{a=1},tolist([]))], "refused"),
    try([coalesce(null,{a=1},{b=1})], "refused"),
    try([coalesce(null,{},tomap({a="q"}))], "refused"),
    try([coalesce(null,{},toset(["a"]))], "refused"),
  ]
}

output "group_6" {
  value = [
    try([coalesce(tolist([]),0)], "refused"),
    try([coalesce(tolist([]),[1])], "refused"),
    try([coalesce(tomap({a="q"}),"")], "refused"),
    try([coalesce(tomap({a="q"}),{a=1})], "refused"),
    try([coalesce(toset(["a"]),"x")], "refused"),
    try([coalesce(toset(["a"]),"x",toset(["a"]))], "refused"),
    try([coalesce(toset(["a"]),["a","b"])], "refused"),
    try([coalesce(toset(["a"]),["a","b"],tolist([]))], "refused"),
    try([coalesce(toset(["a"]),[])], "refused"),
    try([coalesce(toset(["a"]),tomap({a="q"}))], "refused"),
    try([coalesce(toset(["a"]),toset(["a"]))], "refused"),
    try([coalesce(tostring(null),1)], "refused"),
    try([coalesce(tostring(null),["a","b"])], "refused"),
    try([coalesce(true,0,tostring(null))], "refused"),
    try([coalesce(var.null_list,["a"])], "refused"),
    try([coalesce({a="x"},null,tostring(null))], "refused"),
    try([coalesce({a=1},"")], "refused"),
    try([coalesce({b=1},[])], "refused"),
    try([coalesce({b=1},toset(["a"]))], "refused"),
    try([coalesce({b=1},var.null_list,tostring(null))], "refused"),
    try([coalesce({},[1,2])], "refused"),
    try([coalesce({},[null])], "refused"),
    try([coalesce({},tostring(null))], "refused"),
    try([coalescelist([],[1],["a"])], "refused"),
    try([coalescelist([],[])], "refused"),
  ]
}

output "group_7" {
  value = [
    try(["true" == var.null_list[*]], "refused"),
    try([1 != distinct([])], "refused"),
    try([[][*] == var.names], "refused"),
    try([[for x in var.names: x] == "true"], "refused"),
    try([[tolist([])] == tolist(var.empty_set)], "refused"),
    try([cidrsubnets("10.0.0.0/8") != null], "refused"),
    try([concat([],[]) == var.empty_map], "refused"),
    try([distinct([]) == keys(tomap({}))], "refused"),
    try([distinct([]) == null[*]], "refused"),
    try([distinct([]) == {a="1"}], "refused"),
    try([flatten([]) != one([])], "refused"),
    try([jsondecode("[]") == {for k,v in {}: k=>v}], "refused"),
    try([jsondecode("{}") == "1"], "refused"),
    try([jsondecode("{}") == [for x in var.names: x]], "refused"),
    try([merge({},{}) == tolist([1])], "refused"),
    try([null == "a"], "refused"),
    try([null == var.null_list], "refused"),
    try([null[*] == var.empty_list], "refused"),
    try([one([]) == var.null_list[*]], "refused"),
    try([reverse([]) == regexall("x","a")], "refused"),
    try([setproduct([],[]) == reverse([])], "refused"),
    try([slice([],0,0) == var.null_list[*]], "refused"),
    try([sort([]) == var.null_list[*]], "refused"),
    try([split(",","") == 1], "refused"),
    try([split(",","") == jsondecode("{}")], "refused"),
  ]
}

output "group_8" {
  value = [
    try([split(",","") == sort([])], "refused"),
    try([split(",","") == tostring(null)], "refused"),
    try([tolist(["1"]) == toset([])], "refused"),
    try([tolist(["a"]) != var.null_list[*]], "refused"),
    try([tolist([1]) == var.empty_map], "refused"),
    try([tolist([1]) == var.null_list[*]], "refused"),
    try([tolist([null]) != setproduct([],[])], "refused"),
    try([tolist([null]) == concat([],[])], "refused"),
    try([tolist([null]) == var.empty_set], "refused"),
    try([tolist([null]) == var.null_list[*]], "refused"),
    try([tolist(var.empty_set) == "1"], "refused"),
    try([tolist(var.empty_set) == tolist([null])], "refused"),
    try([tomap({a=1}) == split(",","")], "refused"),
    try([toset([1]) == var.null_list[*]], "refused"),
    try([values({}) != [for x in []: x]], "refused"),
    try([var.empty_list == formatlist("%s",[])], "refused"),
    try([var.empty_list == merge({},{})], "refused"),
    try([var.empty_set == concat([],[])], "refused"),
    try([var.names == range(0)], "refused"),
    try([var.null_list[*] == ["a"]], "refused"),
    try([var.null_list[*] == [for x in []: x]], "refused"),
    try([var.null_list[*] == fileset(".","*.nope")], "refused"),
    try([var.null_list[*] == setproduct([],[])], "refused"),
    try([var.null_list[*] == split(",","")], "refused"),
    try([var.null_list[*] == tolist(["a"])], "refused"),
  ]
}

output "group_9" {
  value = [
    try([var.null_list[*] == toset([])], "refused"),
    try([var.null_list[*] == tostring(null)], "refused"),
    try([var.null_list[*] == var.empty_set], "refused"),
    try([var.null_list[*] == var.null_text], "refused"),
    try([var.null_list[*] == {a=1}], "refused"),
    try([var.null_obj == var.null_list[*]], "refused"),
    try([var.null_text == "1"], "refused"),
    try([var.null_text == {}], "refused"),
    try([{} == tolist(["a"])], "refused"),
    try([{} == {a=1}], "refused"),
    try(["a"[*]], "refused"),
    try([(1)[*] == []], "refused"),
    try([([null])[*] == []], "refused"),
    try([(var.null_list)[*] == []], "refused"),
    try([(var.null_obj)[*] == []], "refused"),
    try([[[1],[2]].*], "refused"),
    try([[[1],[2]][*].a[*]], "refused"),
    try([[][*]], "refused"),
    try([[][*].a[*]], "refused"),
    try([[for v in (tostring(null)): v]], "refused"),
    try([[for v in (var.tags): v]], "refused"),
    try([[for v in ({a=1}): v]], "refused"),
    try([[null][*].a.b], "refused"),
    try([[{a=null}][*].a[*]], "refused"),
    try([flatten([([])[*]])], "refused"),
  ]
}

output "group_10" {
  value = [
    try([flatten([(null)[*]])], "refused"),
    try([flatten([(toset(local.people))[*]])], "refused"),
    try([flatten([(var.null_number)[*]])], "refused"),
    try([flatten([(var.objs)[*]])], "refused"),
    try([flatten([(var.tuple)[*]])], "refused"),
    try([join(",",("a")[*])], "refused"),
    try([join(",",([])[*])], "refused"),
    try([join(",",(tolist([{a=1}]))[*])], "refused"),
    try([join(",",(true)[*])], "refused"),
    try([jsonencode((tolist([]))[*])], "refused"),
    try([jsonencode((var.ids)[*])], "refused"),
    try([jsonencode((var.null_list)[*])], "refused"),
    try([jsonencode((var.null_number)[*])], "refused"),
    try([length((toset([]))[*])], "refused"),
    try([length((var.ids)[*])], "refused"),
    try([length((var.names)[*])], "refused"),
    try([length(({a=1})[*])], "refused"),
    try([local.mixed[*].age], "refused"),
    try([local.nested.*.a.b], "refused"),
    try([local.nested[*][*]], "refused"),
    try([local.nested[*][0]], "refused"),
    try([null[*].t[0]], "refused"),
    try([one((local.mixed)[*])], "refused"),
    try([one((local.people)[*])], "refused"),
    try([one((true)[*])], "refused"),
  ]
}

output "group_11" {
  value = [
    try([one((var.tags)[*])], "refused"),
    try([tonumber(null)[*].a], "refused"),
    try([tonumber(null)[*]["n"]], "refused"),
    try([toset([]).*.n], "refused"),
    try([var.any[*].n], "refused"),
    try([var.ids.*.a.b], "refused"),
    try([var.ids[*][0]], "refused"),
    try([var.names[*].t[0]], "refused"),
    try([var.null_map[*].a], "refused"),
    try([var.null_number.*.n], "refused"),
    try([var.null_number[*]], "refused"),
    try([var.null_number[*].a], "refused"),
    try([var.null_set[*][*]], "refused"),
    try([var.null_text[*].n], "refused"),
    try([var.objs[*].a], "refused"),
    try([var.tags[*].t[0]], "refused"),
    try([{for k,v in (tolist(null)): k=>v}], "refused"),
    try([{for k,v in (var.names): k=>v}], "refused"),
    try([{n=null}.*.age], "refused"),
    try([{n=null}[*].a], "refused"),
  ]
}
