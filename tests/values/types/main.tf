# Of what type a value is: equal to one that is written out, and to nothing else.

variable "empty_list" {
  type    = list(string)
  default = []
}

variable "empty_map" {
  type    = map(string)
  default = {}
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

variable "null_number" {
  type    = number
  default = null
}

variable "null_text" {
  type    = string
  default = null
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
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
    try([(("true" ? {n=null,age=2} : {})) == tomap({("age")=2,("n")=tonumber(null)})], "refused"),
    try([(((length(var.names) > 2 && var.null_list == null) ? merge({n="a",age=1},{a=null}) : [{n="a",age=1},{n="b",age=2}][0])) == tomap({("a")=tostring(null),("age")="1",("n")="a"})], "refused"),
    try([((startswith(trimprefix("1","a"),"a") ? zipmap(concat(["x"],["x"]),flatten([[1,2,3],[length(var.names)]])) : {})) == {}], "refused"),
    try([(["%{ if var.names == [] }z%{ else }n%{ endif }",trimprefix("true","a")]) == ["n","true"]], "refused"),
    try([([(var.names == [] ? {n="a",age=1} : {n=null,age=2}),(length(var.names) > 2 ? {n=null,age=2} : {})]) == [{("age")=2,("n")=tostring(null)},tomap({("age")=2,("n")=tonumber(null)})]], "refused"),
    try([([[{n="a"},{n=1,age=3}][0],{n="a",age=2}]) == [{("n")="a"},{("age")=2,("n")="a"}]], "refused"),
    try([([].*.age) == []], "refused"),
    try([([coalesce(null,100),length(toset([2,1]))]) == [100,2]], "refused"),
    try([([for k,v in {("10.0.0.0/16")=3}: "${k}=${v}"]) == ["10.0.0.0/16=3"]], "refused"),
    try([([for o in [for a,b in setproduct(compact(var.empty_list),tolist(var.names)): {n=b[0],age=a}]: o if try(o.age,0) > 1]) == []], "refused"),
    try([([for o in [for o in [{n="a"},{n=1,age=3}]: o]: o if try(o.age,0) > 1]) == [{("age")=3,("n")=1}]], "refused"),
    try([([for o in [for o in tolist(toset([{n="z",age=1}])): merge(o,{k=1})]: o if try(o.age,0) > 1]) == []], "refused"),
    try([([for o in tolist([for o in toset([{n="z",age=1}]): merge(o,{k=1})]): merge(o,{k=1})]) == [{("age")=1,("k")=1,("n")="z"}]], "refused"),
    try([([for v in ([[{a=1}],[{a=2},{a=3}]]): v]) == [[{("a")=1}],[{("a")=2},{("a")=3}]]], "refused"),
    try([([for v in (var.tags): v]) == ["1","2"]], "refused"),
    try([([for x in ["b","a"]: x if x != "a"]) == ["b"]], "refused"),
    try([([for x in [for i,x in setunion(toset([2,1]),[for p in local.people: p.age]): 2]: x if x > 1]) == [2,2,2,2]], "refused"),
    try([([for x in [for x in ["1",2]: x if true]: x if var.names == []]) == []], "refused"),
    try([([for x in [for x in range(3): x if true]: x if true]) == [0,1,2]], "refused"),
    try([([for x in [local.people[0].age,1.5]: x if true]) == [3,1.5]], "refused"),
    try([([for x in compact([0.5,2]): x if true]) == ["0.5","2"]], "refused"),
    try([([for x in distinct(chunklist([1,"a"],1)[0]): x if x != "a"]) == ["1"]], "refused"),
    try([([for x in formatlist("%s-%v",["b","a"],var.tags["a"]): x if x != "a"]) == ["b-1","a-1"]], "refused"),
    try([([for x in slice([1,"a"],0,1): {n=x,age=ceil(3)}]) == [{("age")=3,("n")=1}]], "refused"),
    try([([for x in slice([for p in local.people: p.age],0,1): x if true]) == [3]], "refused"),
  ]
}

output "group_2" {
  value = [
    try([([for x in tolist(var.empty_list): upper(x)]) == []], "refused"),
    try([([{a=1,b=[1]},{a=1,b=[1]}]) == [{("a")=1,("b")=[1]},{("a")=1,("b")=[1]}]], "refused"),
    try([(chunklist(["a"],0)) == tolist([tolist(["a"])])], "refused"),
    try([(coalesce(null,tomap({a="q"}),tonumber(null))) == tomap({("a")="q"})], "refused"),
    try([(coalesce(null,toset(["a"]),tolist([]))) == tolist(["a"])], "refused"),
    try([(coalesce(null,{a=1},var.null_list)) == {("a")=1}], "refused"),
    try([(coalescelist([1],var.tuple)) == [1]], "refused"),
    try([(coalescelist([],local.people)) == [{("age")=3,("n")="ann",("t")=["x"]},{("age")=5,("n")="bob",("t")=[]},{("age")=3,("n")="cy",("t")=["y","z"]}]], "refused"),
    try([(coalescelist([],tolist([[1],[2,3]]))) == tolist([tolist([1]),tolist([2,3])])], "refused"),
    try([(coalescelist([],values({a=sum(["1",2]),b=length(values(local.nested))}))) == [3,2]], "refused"),
    try([(coalescelist([{a=1},{a=2}],var.empty_list)) == [{("a")=1},{("a")=2}]], "refused"),
    try([(compact([for x in setunion(var.numbers,[for p in local.people: p.age]): x if x > 1])) == tolist(["2","3","5"])], "refused"),
    try([(compact([true,"x"])) == tolist(["true","x"])], "refused"),
    try([(concat((var.names)[*],["z"])) == ["b","a","c","z"]], "refused"),
    try([(concat([[1,"a"]],tolist([[{a=1}]]))) == [[1,"a"],[{("a")=1}]]], "refused"),
    try([(concat([toset(["a"])],tolist([{a=1}]))) == [toset(["a"]),{("a")=1}]], "refused"),
    try([(concat(reverse([1]),flatten([toset([2,1]),[10]]))) == [1,1,2,10]], "refused"),
    try([(concat(values({a=coalesce(null,3),b=coalesce(3,1.5)}),slice(values({a=local.people[0].age,b=-1}),0,1))) == [3,3,3]], "refused"),
    try([(distinct(["1",2])) == tolist(["1","2"])], "refused"),
    try([(distinct([for x in try([1,"a"],[]): {n=x,age=signum(1)}])) == tolist([{("age")=1,("n")="1"},{("age")=1,("n")="a"}])], "refused"),
    try([(distinct([toset([2,1,10]),toset(["b","a"]),toset([2,1,10])])) == tolist([toset(["1","10","2"]),toset(["a","b"])])], "refused"),
    try([(element([null,{a=1}],1)) == {("a")=1}], "refused"),
    try([(flatten([[1],[0.5]])) == [1,0.5]], "refused"),
    try([(flatten([[[1],["a"]],distinct(var.names)])) == [1,"a","b","a","c"]], "refused"),
    try([(flatten([local.people,distinct(var.names)])) == [{("age")=3,("n")="ann",("t")=["x"]},{("age")=5,("n")="bob",("t")=[]},{("age")=3,("n")="cy",("t")=["y","z"]},"b","a","c"]], "refused"),
  ]
}

output "group_3" {
  value = [
    try([(flatten([local.people[*].age,[100]])) == [3,5,3,100]], "refused"),
    try([(flatten([toset([{n="a",age=1},{n="b",age=2}]),[merge(local.people[0],{a=[0.5,2]})]])) == [{("age")=1,("n")="a"},{("age")=2,("n")="b"},{("a")=[0.5,2],("age")=3,("n")="ann",("t")=["x"]}]], "refused"),
    try([(formatlist("%+d",[1,2])) == tolist(["+1","+2"])], "refused"),
    try([(formatlist("%10v|",var.null_list)) == tolist(["      null|"])], "refused"),
    try([(formatlist("%s-%v",[for k,v in {for p in local.people: p.age=>p.n...}: k],element([for x in var.numbers: x if true],"2"))) == tolist(["3-2","5-2"])], "refused"),
    try([(merge([{n="a"},{n=1,age=3}][0],{a=slice(tolist([3,1]),0,1)})) == {("a")=tolist([3]),("n")="a"}], "refused"),
    try([(merge(local.people[0],{a="true"})) == {("a")="true",("age")=3,("n")="ann",("t")=["x"]}], "refused"),
    try([(merge({for p in toset([{n="z",age=1}]): p.age=>p.n...},{for k,v in var.empty_map: k=>v})) == {("1")=["z"]}], "refused"),
    try([(merge({for p in toset([{n="z",age=1}]): p.n=>p.age},{a=1.5,b="a"})) == {("a")=1.5,("b")="a",("z")=1}], "refused"),
    try([(nonsensitive([{a=1},{a=2}])) == [{("a")=1},{("a")=2}]], "refused"),
    try([(nonsensitive(sensitive(tomap({a=1,b=2})))) == tomap({("a")=1,("b")=2})], "refused"),
    try([(nonsensitive(toset(["1",2]))) == toset(["1","2"])], "refused"),
    try([(one([{a=1,b="x"}])) == {("a")=1,("b")="x"}], "refused"),
    try([(reverse(setunion(toset([2,1]),[1]))) == tolist([2,1])], "refused"),
    try([(setsubtract([tostring(null),"a"],local.people[*].n)) == toset(["a",tostring(null)])], "refused"),
    try([(setsubtract(values(var.tags),var.names)) == toset(["1","2"])], "refused"),
    try([(setunion([for p in local.people: p.age],[1,2,3])) == toset([1,2,3,5])], "refused"),
    try([(setunion(slice(["1",2],0,1),[for x in [1]: x if true])) == toset(["1"])], "refused"),
    try([(slice(["b","a"],0,1)) == ["b"]], "refused"),
    try([(slice([for a,b in setproduct(setunion(keys(var.tags),[1,2,3]),["","1"]): {n=b[0],age=a}],0,1)) == [{("age")=["1",""],("n")="1"}]], "refused"),
    try([(slice([for o in toset(tolist([{n="z",age=1}])): o],0,1)) == [{("age")=1,("n")="z"}]], "refused"),
    try([(slice(concat(tolist([{n="z",age=1}]),[]),0,1)) == [{("age")=1,("n")="z"}]], "refused"),
    try([(slice(reverse(local.people[*].age),0,1)) == [3]], "refused"),
    try([(split("a",title(trimprefix("10.0.0.0/16","a")))) == tolist(["10.0.0.0/16"])], "refused"),
    try([(tolist(sort(flatten([toset([2,1]),[1]])))) == tolist(["1","1","2"])], "refused"),
  ]
}

output "group_4" {
  value = [
    try([(tolist(toset(toset([2,1])))) == tolist([1,2])], "refused"),
    try([(toset(("true" ? [{n="a"},{n=1,age=3}] : []))) == toset([tomap({("age")="3",("n")="1"}),tomap({("n")="a"})])], "refused"),
    try([(toset([for x in [for p in local.people: p.age]: x if x > 1])) == toset([3,5])], "refused"),
    try([(toset(split(",","a,b,a"))) == toset(["a","b"])], "refused"),
    try([(toset(tolist(toset(["q","p"])))) == toset(["p","q"])], "refused"),
    try([(toset(tolist(try(tolist([3,1]),[])))) == toset([1,3])], "refused"),
    try([(transpose({a=local.people[*].n,b=tolist(["a"])})) == tomap({("a")=tolist(["b"]),("ann")=tolist(["a"]),("bob")=tolist(["a"]),("cy")=tolist(["a"])})], "refused"),
    try([(transpose({a=split(",","x,y"),b=values(var.tags)})) == tomap({("1")=tolist(["b"]),("2")=tolist(["b"]),("x")=tolist(["a"]),("y")=tolist(["a"])})], "refused"),
    try([(true ? ["a",1,true] : range(3)) == tolist(["a","1","true"])], "refused"),
    try([(true ? [true,"x"] : split(",","a,b")) == tolist(["true","x"])], "refused"),
    try([(true ? var.numbers : ["a"]) == tolist(["3","1","2"])], "refused"),
    try([(try(["b","a","b"],[1,"a"])) == ["b","a","b"]], "refused"),
    try([(try([{a=1},{a=2}],{})) == [{("a")=1},{("a")=2}]], "refused"),
    try([(try(tolist(tolist([{n="z",age=1}]))[*].n,[])) == tolist(["z"])], "refused"),
    try([(try({a=var.names[0],b="é"},{})) == {("a")="b",("b")="é"}], "refused"),
    try([(values({a=3,b=1})) == [3,1]], "refused"),
    try([(values({a=max(100,var.numbers[0]),b=coalesce(var.null_number,3)})) == [100,3]], "refused"),
    try([({a=-((10 + 10)),b=join("",reverse(keys(var.tags)))}) == {("a")=-20,("b")="ba"}], "refused"),
    try([({a=local.people[0],l=slice(local.people,0,1)}) == {("a")={("age")=3,("n")="ann",("t")=["x"]},("l")=[{("age")=3,("n")="ann",("t")=["x"]}]}], "refused"),
    try([({a=min(floor(2),sum(range(3))),b=urlencode(title("10.0.0.0/16"))}) == {("a")=2,("b")="10.0.0.0%2F16"}], "refused"),
    try([({a=tostring(true),b=try(var.ids + 1, length(var.names))}) == {("a")="true",("b")=3}], "refused"),
    try([({for i,x in ["a",1,true]: (i%2==0?1:2)=>x...}) == {("1")=["a",true],("2")=[1]}], "refused"),
    try([({for i,x in setsubtract(local.people[*].n,values(var.tags)): x=>i...}) == {("ann")=["ann"],("bob")=["bob"],("cy")=["cy"]}], "refused"),
    try([({for i,x in setunion(var.ids,keys(var.tags)): x=>i...}) == {("a")=["a"],("b")=["b"],("x")=["x"],("y")=["y"]}], "refused"),
    try([({for k,v in {a=length(var.names),b=var.tags["a"]}: k=>v}) == {("a")=3,("b")="1"}], "refused"),
  ]
}

output "group_5" {
  value = [
    try([({for p in [for o in toset([{n="z",age=1}]): merge(o,{k=1})]: p.n=>p.age}) == {("z")=1}], "refused"),
    try([({for p in flatten([[],[local.people[0]]]): p.age=>p.n...}) == {("3")=["ann"]}], "refused"),
    try([({for p in flatten([[for o in values(local.nested): o if try(o.age,0) > 1],[{n="A-b",age=100}]]): p.n=>p.age}) == {("A-b")=100}], "refused"),
    try([({n="true",age=2}) == {("age")=2,("n")="true"}], "refused"),
    try([({n=base64encode("x y"),age=tolist([3,1])[1]}) == {("age")=1,("n")="eCB5"}], "refused"),
    try([({n=coalesce(jsonencode(null),lower("x y")),age=local.people[0].age}) == {("age")=3,("n")="null"}], "refused"),
    try([({n=jsonencode([for p in local.people: p.age]),age=(3 - var.numbers[0])}) == {("age")=0,("n")="[3,5,3]"}], "refused"),
    try([({n=jsonencode(can(regex("^[a-z]",""))),age=one([abs(10)])}) == {("age")=10,("n")="false"}], "refused"),
    try([({n=regex("[a-z]+",local.people[0].n),age=ceil(1.5)}) == {("age")=2,("n")="ann"}], "refused"),
    try([({n=var.null_text,age=-1}) == {("age")=-1,("n")=tostring(null)}], "refused"),
    try([issensitive([sensitive(1)] == null)], "refused"),
    try([issensitive({ a = sensitive(1) } != { b = 1 })], "refused"),
    try([true[*]], "refused"),
    try([can(false[0])], "refused"),
  ]
}
