# Lists, sets and maps beside each other in functions and arms; truths, patterns and numbers.

variable "anymap" {
  type    = map(any)
  default = { a = 1, b = "x" }
}

variable "empty_list" {
  type    = list(string)
  default = []
}

variable "empty_map" {
  type    = map(string)
  default = {}
}

variable "mapobj" {
  type = map(object({
    port = optional(number, 80)
    cidrs = optional(set(string), ["10.0.0.0/8", "10.0.0.0/8"])
    rules = optional(list(object({ p = string, d = optional(string, "desc") })), [{ p = "tcp" }])
  }))
  default = { web = {}, db = { port = "5432", rules = [{ p = 1 }, { p = "u", d = null }] } }
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

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
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
  nested = { k1 = { a = 1 }, k2 = { a = 2 } }
}

output "group_1" {
  value = [
    try([["b","a","b"] == [{a=1},{a=2}]], "refused"),
    try([[3,1,2] == local.people[*].n], "refused"),
    try([[3,1,2] == tolist([])], "refused"),
    try([[for x in var.names: x] == [1,"a"]], "refused"),
    try([chunklist([3,1,2],0)], "refused"),
    try([chunklist([],1)], "refused"),
    try([chunklist([{a=1},{a=2}],0)], "refused"),
    try([chunklist(keys(var.tags),1)], "refused"),
    try([coalescelist(["a",1,true],distinct(var.names))], "refused"),
    try([coalescelist(flatten([[1],["a"]]),["b","a","b"])], "refused"),
    try([coalescelist(local.people[*].n,["10","9",8])], "refused"),
    try([coalescelist(split(",","a,b"),[tostring(null),"a"])], "refused"),
    try([coalescelist(toset([{a=2},{a=1}]),tolist([[1],[2,3]]))], "refused"),
    try([coalescelist(values({a=1,b="x"}),tolist([[1],[2,3]]))], "refused"),
    try([coalescelist(var.empty_list,var.tuple)], "refused"),
    try([concat([],local.people)], "refused"),
    try([concat([for p in local.people: p.age],[{a=1},{a=2}])], "refused"),
    try([concat([null],toset(var.names))], "refused"),
    try([concat(toset([2,1,10]),[1,"a"])], "refused"),
    try([concat(toset([2,1,10]),[])], "refused"),
    try([concat(var.names,[[1],["a"]])], "refused"),
    try([concat(var.names,[for p in local.people: p.age])], "refused"),
    try([concat(var.numbers,[{a=1},{b=2}])], "refused"),
    try([contains([1,"a"],local.people[0])], "refused"),
    try([contains([1],["a",1,true][0])], "refused"),
  ]
}

output "group_2" {
  value = [
    try([contains([[1],["a"]],toset([null,"b"])[0])], "refused"),
    try([contains(var.objs,local.people[0])], "refused"),
    try([distinct([["a"],[true,"x"],["a"]])], "refused"),
    try([distinct([distinct(var.names),[1],distinct(var.names)])], "refused"),
    try([element(toset(["b","a"]),5)], "refused"),
    try([element(values(var.tags),-7)], "refused"),
    try([false ? tomap({a=[1],b=["x"]}) : local.nested], "refused"),
    try([false ? var.anymap : {"a b"=1,"2"=3}], "refused"),
    try([false ? {a={x=1},b={y=2}} : var.tags], "refused"),
    try([flatten([[tostring(null),"a"],["a",1,true]])], "refused"),
    try([flatten([distinct(var.names),keys(var.tags)])], "refused"),
    try([flatten([flatten([[1],["a"]]),toset([2,1,10])])], "refused"),
    try([flatten([local.people,toset([null,"b"])])], "refused"),
    try([flatten([tolist([null,"a"]),distinct(var.names)])], "refused"),
    try([index(range(3),10)], "refused"),
    try([index(split(",","a,b"),{a=1})], "refused"),
    try([index(var.numbers,null)], "refused"),
    try([join("-",[for p in local.people: p.age],[for p in local.people: p.age])], "refused"),
    try([join("-",tolist(["b","a","b"]),[[1],["a"]])], "refused"),
    try([join("-",tolist([]),["10","9",8])], "refused"),
    try([join("-",toset([2,1,10]),[tostring(null),"a"])], "refused"),
    try([join("-",toset([{a=2},{a=1}]),toset([null,"b"]))], "refused"),
    try([join("-",toset([{a=2},{a=1}]),values({a=1,b="x"}))], "refused"),
    try([jsonencode([[1],{"a b"=1,"2"=3}])], "refused"),
    try([jsonencode([[[1],["a"]],zipmap(["a"],[1])])], "refused"),
  ]
}

output "group_3" {
  value = [
    try([jsonencode([[{a=1},{a=2}],{for p in local.people: p.age=>p.n...}])], "refused"),
    try([jsonencode([[{a=1},{b=2}],tomap({a=1,b=2})])], "refused"),
    try([jsonencode([toset(["b","a"]),tomap({a=1,b=2})])], "refused"),
    try([local.people == [1,"a"]], "refused"),
    try([lookup(local.nested,1,null)], "refused"),
    try([lookup(tomap({a=[1],b=["x"]}),1,true)], "refused"),
    try([lookup(var.anymap,1,{})], "refused"),
    try([matchkeys([{a=1},{a=2}],var.objs,var.tuple)], "refused"),
    try([setintersection([[1],["a"]],toset(var.names))], "refused"),
    try([setintersection(tolist([[1],[2,3]]),tolist([[1],[2,3]]))], "refused"),
    try([setintersection(toset([{a=2},{a=1}]),tolist([[1],[2,3]]))], "refused"),
    try([setintersection(var.names,flatten([[1],["a"]]))], "refused"),
    try([setproduct([for x in var.names: x],[3,1,2])], "refused"),
    try([setproduct([{a=1},{a=2}],[0.1,1e3])], "refused"),
    try([setproduct([{a=1},{a=2}],var.objs)], "refused"),
    try([setproduct([{a=1},{b=2}],tolist([[1],[2,3]]))], "refused"),
    try([setproduct(local.people,keys(var.tags))], "refused"),
    try([setproduct(tolist(["b","a","b"]),[0.1,1e3])], "refused"),
    try([setsubtract(["a",1,true],[true,"x"])], "refused"),
    try([setsubtract([tostring(null),"a"],local.people[*].n)], "refused"),
    try([setunion(tolist(["b","a","b"]),var.objs)], "refused"),
    try([setunion(toset([2,1,10]),tolist(["b","a","b"]))], "refused"),
    try([setunion(var.names[*],var.objs)], "refused"),
    try([slice(range(3),1,0)], "refused"),
    try([tolist([[{a=1},{a=2}],distinct(var.names)])], "refused"),
  ]
}

output "group_4" {
  value = [
    try([tolist([range(3),[tostring(null),"a"]])], "refused"),
    try([tolist([sort(["b","a"]),keys(var.tags)])], "refused"),
    try([tolist([toset([{a=2},{a=1}]),sort(["b","a"])])], "refused"),
    try([tolist([{a=null},tomap({a=1,b=2})])], "refused"),
    try([tolist([{a=null},var.anymap])], "refused"),
    try([tomap({p=toset([{a=2},{a=1}]),q=["b","a","b"]})], "refused"),
    try([tomap({p=values({a=1,b="x"}),q=[0.1,1e3]})], "refused"),
    try([tomap({p=var.tuple,q=values(var.tags)})], "refused"),
    try([toset([toset([2,1,10]),[[1],["a"]]])], "refused"),
    try([transpose({a=split(",","x,y"),b=keys(var.tags)})], "refused"),
    try([transpose({a=split(",","x,y"),b=values({a=1,b="x"})})], "refused"),
    try([true ? [[1],["a"]] : var.tuple], "refused"),
    try([true ? var.tuple : tolist([])], "refused"),
    try([zipmap([1,"a"],toset([{a=2},{a=1}]))], "refused"),
    try([zipmap([],[0.1,1e3])], "refused"),
    try([zipmap([{a=1},{a=2}],local.people)], "refused"),
    try([zipmap(range(3),toset(var.names))], "refused"),
    try([zipmap(var.numbers,var.empty_list)], "refused"),
    try([{a=1} == {a=1,b="x"}], "refused"),
    try([{for i,x in local.people: (i%2==0?1:2)=>x...}], "refused"),
    try([{for i,x in tolist([]): (i%2==0?1:2)=>x...}], "refused"),
    try([{for k,v in local.nested: k=>v if v != null}], "refused"),
    try([{for k,v in tomap({a=[1],b=["x"]}): k=>v if v != null}], "refused"),
    try([{for k,v in var.tags: k=>v} == {a=true,b="false"}], "refused"),
    try([alltrue(toset([]))], "refused"),
  ]
}

output "group_5" {
  value = [
    try([basename(tolist(["b","a","b"]))], "refused"),
    try([can(0.1)], "refused"),
    try([can(toset([]))], "refused"),
    try([ceil(-1)], "refused"),
    try([chomp("a,b")], "refused"),
    try([coalesce([1,"a"],"é́x")], "refused"),
    try([coalesce([1,2,3])], "refused"),
    try([coalesce([null],[null])], "refused"),
    try([coalesce(toset([2,1,10]))], "refused"),
    try([compact(["x","y"])], "refused"),
    try([concat(var.mapobj,toset(["1",2]))], "refused"),
    try([concat(var.names)], "refused"),
    try([dirname(3)], "refused"),
    try([dirname(var.numbers)], "refused"),
    try([distinct(toset(["b","a"]))], "refused"),
    try([ephemeralasnull(toset(["1",2]))], "refused"),
    try([ephemeralasnull(toset([{a=2},{a=1}]))], "refused"),
    try([ephemeralasnull(var.mapobj)], "refused"),
    try([ephemeralasnull({})], "refused"),
    try([flatten([3,1,2])], "refused"),
    try([formatlist("é́x",0)], "refused"),
    try([indent(1.5,tomap({a=1,b=2}))], "refused"),
    try([join(var.null_map,1e20)], "refused"),
    try([jsondecode(-1)], "refused"),
    try([jsondecode(1)], "refused"),
  ]
}

output "group_6" {
  value = [
    try([jsonencode(tonumber(null))], "refused"),
    try([lookup("true",[true,"x"],{x=1,y=true})], "refused"),
    try([lower(0)], "refused"),
    try([matchkeys({b=[1,2],a=["x"]},var.empty_list,toset(["1",2]))], "refused"),
    try([merge(var.tags)], "refused"),
    try([replace("1",[null],"a\nb")], "refused"),
    try([setproduct(toset([[1],[2]]),["a"])], "refused"),
    try([setsubtract([[1],["a"]],tolist([]))], "refused"),
    try([setunion(toset([]))], "refused"),
    try([setunion({x=1,y=true})], "refused"),
    try([startswith("a,b","aGVsbG8=")], "refused"),
    try([startswith(3,"x")], "refused"),
    try([strrev("[1,{\"a\":null}]")], "refused"),
    try([strrev(var.names)], "refused"),
    try([sum(var.null_map)], "refused"),
    try([sum(var.numbers)], "refused"),
    try([textdecodebase64([true,"x"],["x","y"])], "refused"),
    try([textencodebase64(tostring(null),"1")], "refused"),
    try([title([[1],["a"]])], "refused"),
    try([tolist(var.tags)], "refused"),
    try([tonumber(1)], "refused"),
    try([toset([1])], "refused"),
    try([toset(tolist(["b","a","b"]))], "refused"),
    try([trimprefix(3,"")], "refused"),
    try([trimsuffix("1","")], "refused"),
  ]
}

output "group_7" {
  value = [
    try([trimsuffix(3,var.tags)], "refused"),
    try([try({x=1,y=true},[])], "refused"),
    try([try({},[1,"a"])], "refused"),
    try([upper(2)], "refused"),
    try([upper(toset([[1],[2]]))], "refused"),
    try([yamldecode([null])], "refused"),
    try([yamlencode([])], "refused"),
    try([yamlencode(tolist([[1],[2,3]]))], "refused"),
    try([yamlencode(var.empty_map)], "refused"),
    try([!true], "refused"),
    try(["" && false], "refused"),
    try(["" && tobool(null)], "refused"),
    try(["" ? 1 : 2], "refused"),
    try(["0" && "1"], "refused"),
    try(["0" || "1"], "refused"),
    try(["0" || false], "refused"),
    try(["0" || true], "refused"),
    try(["1" && "true"], "refused"),
    try(["1" && false], "refused"),
    try(["false" && "1"], "refused"),
    try(["false" || false], "refused"),
    try(["true" && "0"], "refused"),
    try(["true" && "true"], "refused"),
    try(["true" || false], "refused"),
    try(["x" || null], "refused"),
  ]
}

output "group_8" {
  value = [
    try([[] ? 1 : 2], "refused"),
    try([[] || 1], "refused"),
    try([false && "1"], "refused"),
    try([false && false], "refused"),
    try([false || "1"], "refused"),
    try([null && 0], "refused"),
    try([true && "0"], "refused"),
    try([true && "1"], "refused"),
    try([true && false], "refused"),
    try([true && true], "refused"),
    try([true || "1"], "refused"),
    try([{} || "0"], "refused"),
    try([{} || false], "refused"),
    try([{} || null], "refused"),
    try([format("% d",{a=1})], "refused"),
    try([format("% d",{a=null})], "refused"),
    try([format("%#v","")], "refused"),
    try([format("%#v",{a=1})], "refused"),
    try([format("%#v|",1.5)], "refused"),
    try([format("%#v|",toset(["b","a"]))], "refused"),
    try([format("%+.3g",1.5)], "refused"),
    try([format("%+d",{a=1})], "refused"),
    try([format("%+v","a")], "refused"),
    try([format("%.2f",1e20)], "refused"),
    try([format("%.3s",1)], "refused"),
  ]
}

output "group_9" {
  value = [
    try([format("%010v","é")], "refused"),
    try([format("%05d",0.1)], "refused"),
    try([format("%08.3f","é")], "refused"),
    try([format("%5s",1.5)], "refused"),
    try([format("%5t",1.5)], "refused"),
    try([format("%6.2e",1.5)], "refused"),
    try([format("%E",1e20)], "refused"),
    try([format("%X",-1)], "refused"),
    try([format("%e",1)], "refused"),
    try([format("%f",1.5)], "refused"),
    try([format("%g",{a=1})], "refused"),
    try([format("%q",-0)], "refused"),
    try([format("%q",1.5)], "refused"),
    try([format("%q",{a=null})], "refused"),
    try([format("%v",["a"])], "refused"),
    try([format(1)], "refused"),
    try([formatlist("% d",[true,false])], "refused"),
    try([formatlist("%#5v",tolist([1,null]))], "refused"),
    try([formatlist("%#v|",[])], "refused"),
    try([formatlist("%%",{a=1})], "refused"),
    try([formatlist("%+v",{a=1})], "refused"),
    try([formatlist("%-8v|",[])], "refused"),
    try([formatlist("%010v",tolist([1,null]))], "refused"),
    try([formatlist("%E",[null])], "refused"),
    try([formatlist("%e",[null])], "refused"),
  ]
}

output "group_10" {
  value = [
    try([formatlist("%f",[])], "refused"),
    try([formatlist("%g",[[1],[2]])], "refused"),
    try([formatlist("%o",tolist([1,null]))], "refused"),
    try([formatlist("%q",["a",null])], "refused"),
    try([formatlist("%q",[1,2])], "refused"),
    try([formatlist("%s",tolist(["a","b"]))], "refused"),
    try([formatlist("%v",[null])], "refused"),
    try([formatlist("%v",tolist([1,null]))], "refused"),
    try([formatlist("%v",var.null_list)], "refused"),
    try(["0.1" * "1"], "refused"),
    try(["0.1" >= 1e-5], "refused"),
    try(["1e3" % -1], "refused"),
    try(["1e3" % 0.5], "refused"),
    try([-1 / 1e20], "refused"),
    try([-1 ? 1 : 2], "refused"),
    try([-3.3], "refused"),
    try([-7 % 10], "refused"),
    try([0.1 ? 1 : 2], "refused"),
    try([0.3 < 0.5], "refused"),
    try([0.3 == 0], "refused"),
    try([1 + 1/3], "refused"),
    try([1.5 + "0.1"], "refused"),
    try([1.5 / 1e15], "refused"),
    try([1/3 + 9007199254740993], "refused"),
    try([1/3 ? 1 : 2], "refused"),
  ]
}

output "group_11" {
  value = [
    try([1/7 / 0.3], "refused"),
    try([1e-5 + 1e15], "refused"),
    try([1e-5 == 1.1], "refused"),
    try([1e10 >= 0], "refused"),
    try([1e15 * 2/3], "refused"),
    try([1e15 / 1e10], "refused"),
    try([1e15 < "1e3"], "refused"),
    try([2 >= 3], "refused"),
    try([3 >= 0], "refused"),
    try([ceil(0.2)], "refused"),
    try([floor(2.5)], "refused"),
    try([log(-1,2)], "refused"),
    try([log(-7,10)], "refused"),
    try([parseint("",10)], "refused"),
    try([parseint("0.1",10)], "refused"),
    try([parseint("1.5",10)], "refused"),
    try([parseint("2.5",10)], "refused"),
    try([parseint("ff",16)], "refused"),
    try([parseint(12,10)], "refused"),
    try([pow(2,2.5)], "refused"),
    try([pow(2,2/3)], "refused"),
    try([signum(0.1)], "refused"),
    try([signum(0.2)], "refused"),
    try([signum(1/7)], "refused"),
    try([signum(100)], "refused"),
  ]
}

output "group_12" {
  value = [
    try([tonumber("0b1")], "refused"),
    try([tonumber("1/7")], "refused"),
    try([tostring(0.3)], "refused"),
    try([{(1e10)="k"}], "refused"),
  ]
}
